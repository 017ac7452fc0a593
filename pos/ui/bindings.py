"""PySide6 must not read the program's sources. Import this before anything else of the program.

Once PySide6 is there, it looks through the source of every module that is imported after it for
the word "PySide6": other names for Qt's (`from __feature__ import snake_case`) hold module by
module. Nobody here asks for other names. Left alone, it reads hundreds of files at the start, and
Python keeps their text: 15 MiB.
"""

import sys

import PySide6.QtCore  # noqa: F401 (brings the part that is meant)

_FEATURE = sys.modules.get("shibokensupport.feature")
_SEARCH = "_mod_uses_pyside"

if hasattr(_FEATURE, _SEARCH):  # another version may do without
    setattr(_FEATURE, _SEARCH, lambda _module: True)
