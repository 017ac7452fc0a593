/* A preloaded library that stands between a program and the files of one folder.
 *
 * It writes down every write, cut, sync, rename and removal in the order in which they happen, so
 * that power cuts can be replayed from them, and it makes the nth call fail, once or from there on.
 * Other files, and the wal-index that lives in shared memory, pass through untouched. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum { OPENED = 1, WROTE, CUT, SYNCED, FOLDER_SYNCED, REMOVED, RENAMED, MARK };
enum { OPENS = 1, WRITES = 2, SYNCS = 4, CUTS = 8, READS = 16, NAMES = 32, MAPS = 64 };
enum { MOST = 4096, FOLDER = 0xFFFF };

struct head {
    uint8_t kind;
    uint8_t created;
    uint16_t file;
    uint32_t length;
    int64_t offset;
};

static pthread_mutex_t turn = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static char folder[4096];
static size_t folder_length;
static int log_to = -1;
static uint16_t file_of[MOST]; /* by descriptor; 0: not watched */
static uint16_t files;

static long fail_at, calls, failures;
static int fail_error, fail_on, fail_kinds;

#define REAL(name) ((__typeof__(&name))real(#name))

static void *real(const char *name)
{
    return dlsym(RTLD_NEXT, name);
}

static int watched(const char *path)
{
    return folder_length && path && strncmp(path, folder, folder_length) == 0 &&
           (path[folder_length] == '/' || path[folder_length] == 0);
}

static const char *inside(const char *path)
{
    return path[folder_length] == '/' ? path + folder_length + 1 : "";
}

static int passing(const char *path)
{
    size_t length = strlen(path);
    return length > 4 && strcmp(path + length - 4, "-shm") == 0;
}

static uint16_t id_of(int descriptor)
{
    return descriptor >= 0 && descriptor < MOST ? file_of[descriptor] : 0;
}

static void put(int kind, int created, int file, int64_t offset, const void *data, size_t length)
{
    struct head head = {(uint8_t)kind, (uint8_t)created, (uint16_t)file, (uint32_t)length, offset};
    if (log_to < 0)
        return;
    if (REAL(write)(log_to, &head, sizeof head) != sizeof head ||
        REAL(write)(log_to, data, length) != (ssize_t)length)
        abort();
}

/* Whether this call is the one that fails. */
static int due(int kind)
{
    if (!fail_at || !(fail_kinds & kind))
        return 0;
    calls++;
    if (calls < fail_at || (calls > fail_at && !fail_on))
        return 0;
    failures++;
    errno = fail_error;
    return 1;
}

/* -- what the test says ------------------------------------------------------------- */

void disk_watch(const char *path)
{
    snprintf(folder, sizeof folder, "%s", path);
    folder_length = strlen(folder);
    memset(file_of, 0, sizeof file_of);
    files = 0;
}

int disk_record(const char *path)
{
    log_to = REAL(open)(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    return log_to;
}

void disk_mark(int64_t value, const char *text)
{
    pthread_mutex_lock(&turn);
    put(MARK, 0, 0, value, text, strlen(text));
    pthread_mutex_unlock(&turn);
}

void disk_fail(long nth, int error, int from_there_on, int kinds)
{
    pthread_mutex_lock(&turn);
    calls = failures = 0;
    fail_error = error;
    fail_on = from_there_on;
    fail_kinds = kinds;
    fail_at = nth;
    pthread_mutex_unlock(&turn);
}

long disk_calls(void) { return calls; }

long disk_failures(void) { return failures; }

/* -- what the program calls ------------------------------------------------------------ */

static int opened(const char *name, int at, const char *path, int flags, mode_t mode)
{
    int (*openat_)(int, const char *, int, ...) = (int (*)(int, const char *, int, ...))real("openat64");
    struct stat there;
    int descriptor, known;
    (void)name;
    if (!watched(path) || passing(path))
        return openat_(at, path, flags, mode);
    pthread_mutex_lock(&turn);
    if (due(OPENS)) {
        pthread_mutex_unlock(&turn);
        return -1;
    }
    known = stat(path, &there) == 0;
    descriptor = openat_(at, path, flags, mode);
    if (descriptor >= 0 && descriptor < MOST) {
        int error = errno;
        if (fstat(descriptor, &there) == 0 && S_ISDIR(there.st_mode)) {
            file_of[descriptor] = FOLDER;
        } else {
            file_of[descriptor] = ++files;
            put(OPENED, !known, files, (flags & O_TRUNC) ? 0 : -1, inside(path), strlen(inside(path)));
        }
        errno = error;
    }
    pthread_mutex_unlock(&turn);
    return descriptor;
}

#define OPEN(name)                                         \
    int name(const char *path, int flags, ...)             \
    {                                                      \
        va_list more;                                      \
        mode_t mode = 0;                                   \
        if (flags & (O_CREAT | O_TMPFILE)) {               \
            va_start(more, flags);                         \
            mode = va_arg(more, mode_t);                   \
            va_end(more);                                  \
        }                                                  \
        return opened(#name, AT_FDCWD, path, flags, mode); \
    }
OPEN(open)
OPEN(open64)
int __open_2(const char *path, int flags) { return opened("open", AT_FDCWD, path, flags, 0); }
int __open64_2(const char *path, int flags) { return opened("open", AT_FDCWD, path, flags, 0); }

int close(int descriptor)
{
    if (descriptor >= 0 && descriptor < MOST)
        file_of[descriptor] = 0;
    return REAL(close)(descriptor);
}

static ssize_t wrote(int file, int descriptor, const void *data, size_t length, off64_t offset, int here)
{
    ssize_t count;
    int error;
    pthread_mutex_lock(&turn);
    if (due(WRITES)) {
        pthread_mutex_unlock(&turn);
        return -1;
    }
    if (here)
        offset = lseek64(descriptor, 0, SEEK_CUR);
    count = here ? REAL(write)(descriptor, data, length) : REAL(pwrite64)(descriptor, data, length, offset);
    error = errno;
    if (count > 0)
        put(WROTE, 0, file, offset, data, (size_t)count);
    errno = error;
    pthread_mutex_unlock(&turn);
    return count;
}

ssize_t write(int descriptor, const void *data, size_t length)
{
    int file = id_of(descriptor);
    return file ? wrote(file, descriptor, data, length, 0, 1) : REAL(write)(descriptor, data, length);
}

ssize_t pwrite64(int descriptor, const void *data, size_t length, off64_t offset)
{
    int file = id_of(descriptor);
    return file ? wrote(file, descriptor, data, length, offset, 0)
                : REAL(pwrite64)(descriptor, data, length, offset);
}

ssize_t pwrite(int descriptor, const void *data, size_t length, off_t offset)
{
    return pwrite64(descriptor, data, length, offset);
}

ssize_t pread64(int descriptor, void *data, size_t length, off64_t offset)
{
    int failed;
    if (!id_of(descriptor))
        return REAL(pread64)(descriptor, data, length, offset);
    pthread_mutex_lock(&turn);
    failed = due(READS);
    pthread_mutex_unlock(&turn);
    return failed ? -1 : REAL(pread64)(descriptor, data, length, offset);
}

ssize_t pread(int descriptor, void *data, size_t length, off_t offset)
{
    return pread64(descriptor, data, length, offset);
}

ssize_t read(int descriptor, void *data, size_t length)
{
    int failed;
    if (!id_of(descriptor))
        return REAL(read)(descriptor, data, length);
    pthread_mutex_lock(&turn);
    failed = due(READS);
    pthread_mutex_unlock(&turn);
    return failed ? -1 : REAL(read)(descriptor, data, length);
}

/* Copies within the kernel would pass us by; who is refused them reads and writes. */
static int not_within_the_kernel(int to, int from)
{
    if (!id_of(to) && !id_of(from))
        return 0;
    errno = EINVAL;
    return 1;
}

ssize_t sendfile64(int to, int from, off64_t *offset, size_t length)
{
    return not_within_the_kernel(to, from) ? -1 : REAL(sendfile64)(to, from, offset, length);
}

ssize_t sendfile(int to, int from, off_t *offset, size_t length)
{
    return sendfile64(to, from, (off64_t *)offset, length);
}

ssize_t copy_file_range(int from, off64_t *at, int to, off64_t *there, size_t length, unsigned flags)
{
    return not_within_the_kernel(to, from) ? -1 : REAL(copy_file_range)(from, at, to, there, length, flags);
}

int ftruncate64(int descriptor, off64_t length)
{
    int file = id_of(descriptor), result, error;
    if (!file)
        return REAL(ftruncate64)(descriptor, length);
    pthread_mutex_lock(&turn);
    result = due(CUTS) ? -1 : REAL(ftruncate64)(descriptor, length);
    error = errno;
    if (result == 0)
        put(CUT, 0, file, length, "", 0);
    errno = error;
    pthread_mutex_unlock(&turn);
    return result;
}

int ftruncate(int descriptor, off_t length) { return ftruncate64(descriptor, length); }

static int synced(const char *name, int descriptor)
{
    int (*sync_)(int) = (int (*)(int))real(name);
    int file = id_of(descriptor), result, error;
    if (!file)
        return sync_(descriptor);
    pthread_mutex_lock(&turn);
    result = due(SYNCS) ? -1 : sync_(descriptor);
    error = errno;
    if (result == 0)
        put(file == FOLDER ? FOLDER_SYNCED : SYNCED, 0, file, 0, "", 0);
    errno = error;
    pthread_mutex_unlock(&turn);
    return result;
}

int fsync(int descriptor) { return synced("fsync", descriptor); }

int fdatasync(int descriptor) { return synced("fdatasync", descriptor); }

void *mmap64(void *where, size_t length, int access, int flags, int descriptor, off64_t offset)
{
    if (descriptor >= 0 && id_of(descriptor) && due(MAPS))
        return MAP_FAILED;
    return REAL(mmap64)(where, length, access, flags, descriptor, offset);
}

int unlink(const char *path)
{
    int result, error;
    if (!watched(path) || passing(path))
        return REAL(unlink)(path);
    pthread_mutex_lock(&turn);
    result = due(NAMES) ? -1 : REAL(unlink)(path);
    error = errno;
    if (result == 0)
        put(REMOVED, 0, 0, 0, inside(path), strlen(inside(path)));
    errno = error;
    pthread_mutex_unlock(&turn);
    return result;
}

int rename(const char *from, const char *to)
{
    char both[8192];
    int result, error, length;
    if (!watched(from) || !watched(to))
        return REAL(rename)(from, to);
    pthread_mutex_lock(&turn);
    result = due(NAMES) ? -1 : REAL(rename)(from, to);
    error = errno;
    length = snprintf(both, sizeof both, "%s\n%s", inside(from), inside(to));
    if (result == 0)
        put(RENAMED, 0, 0, 0, both, (size_t)length);
    errno = error;
    pthread_mutex_unlock(&turn);
    return result;
}

/* A second name and a new folder can be refused; a cut that loses them is not replayed. */
int link(const char *from, const char *to)
{
    int failed;
    if (!watched(to))
        return REAL(link)(from, to);
    pthread_mutex_lock(&turn);
    failed = due(NAMES);
    pthread_mutex_unlock(&turn);
    return failed ? -1 : REAL(link)(from, to);
}

int mkdir(const char *path, mode_t mode)
{
    int failed;
    if (!watched(path))
        return REAL(mkdir)(path, mode);
    pthread_mutex_lock(&turn);
    failed = due(NAMES);
    pthread_mutex_unlock(&turn);
    return failed ? -1 : REAL(mkdir)(path, mode);
}
