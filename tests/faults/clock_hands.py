"""What a stand does while its clock lies; run under faketime. Tells one JSON line.

Usage: python -m tests.faults.clock_hands FOLDER SALES [across]. With "across" half of the
sales are made before 04.00, and half when that is over.
"""

import json
import sys
from pathlib import Path

from PySide6.QtTest import QTest

from pos.services.till import Till
from tests.faults.soak_hands import Hands
from tests.faults.stand import GOODS

CUT_OFF = 4


def main() -> None:
    folder, sales = Path(sys.argv[1]), int(sys.argv[2])
    wait_at = sales // 2 if "across" in sys.argv else -1
    till = Till.open(folder, cheap_pins=True)
    numbers: list[str] = []
    refused = ""
    with Hands(till, []) as hands:
        hands.sign_in()
        QTest.qWait(300)
        behind = till.clock_behind()
        shown = [banner.key for banner in hands.window.banners]
        for turn in range(sales):
            hands.ring_up([GOODS[turn % 2]])
            hands.begin_payment()
            number = hands.finish_payment()
            if number is None:
                refused = hands.message
                hands.give_up()
                session = hands.window.desk.session
                assert session is not None
                till.worker.call(till.accept_clock, by=session.staff_id)
                hands.ring_up([GOODS[turn % 2]])
                hands.begin_payment()
                number = hands.finish_payment()
            numbers.append(number or "")
            while turn + 1 == wait_at and till.now().hour < CUT_OFF:
                QTest.qWait(100)
        after = [banner.key for banner in hands.window.banners]
    day = str(till.business_date())
    till.close()
    told = {
        "numbers": numbers,
        "behind": behind,
        "banners": shown,
        "after": after,
        "refused": refused,
        "day": day,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
