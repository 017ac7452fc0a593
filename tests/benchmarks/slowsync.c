/* A preloaded library that counts the syncs of a process and makes each of them slower.
 *
 * The real sync is done first; then the calling thread sleeps as long as it was told. It stands in
 * for a slow disk, on which a sale's time is the number of its syncs. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <time.h>
#include <unistd.h>

static atomic_long syncs;
static atomic_long extra_ns;
static atomic_long spent_ns;

/* How long each of the last syncs took. */
#define KEPT 8192
static atomic_long kept_ns[KEPT];

long slowsync_count(void) { return atomic_load(&syncs); }

/* What all of them took, waiting included. */
long slowsync_spent_ns(void) { return atomic_load(&spent_ns); }

long slowsync_kept_ns(long number) { return atomic_load(&kept_ns[number % KEPT]); }

void slowsync_extra_ns(long nanoseconds) { atomic_store(&extra_ns, nanoseconds); }

static long now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000L + now.tv_nsec;
}

static int slowed(const char *name, int descriptor)
{
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    long start = now_ns();
    int result = real(descriptor);
    int error = errno;
    long pause = atomic_load(&extra_ns);

    if (pause > 0) {
        struct timespec left = {pause / 1000000000L, pause % 1000000000L};
        while (nanosleep(&left, &left) != 0 && errno == EINTR) {
        }
    }
    long took = now_ns() - start;
    atomic_fetch_add(&spent_ns, took);
    atomic_store(&kept_ns[atomic_fetch_add(&syncs, 1) % KEPT], took);
    errno = error;
    return result;
}

int fsync(int descriptor) { return slowed("fsync", descriptor); }

int fdatasync(int descriptor) { return slowed("fdatasync", descriptor); }
