#include "ConvolutionKernels.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { mostThreads = 64 };

typedef struct {
  long count;
  void *context;
  void (*work)(void *context, long thread, long unit);
  bool (*report)(void *context, long done);
  atomic_long begun;
  atomic_long done;
  atomic_bool stopped;
} Units;

typedef struct {
  Units *units;
  long thread;
} Worker;

static void *work(void *pointer) {
  const Worker *worker = pointer;
  Units *units = worker->units;
  while (!atomic_load(&units->stopped)) {
    if (worker->thread == 0 && !units->report(units->context, atomic_load(&units->done))) {
      atomic_store(&units->stopped, true);
      break;
    }
    const long unit = atomic_fetch_add(&units->begun, 1);
    if (unit >= units->count) break;
    units->work(units->context, worker->thread, unit);
    atomic_fetch_add(&units->done, 1);
  }
  return NULL;
}

bool convolutionUnits(
    long count, long threads, void *context, void (*perform)(void *context, long thread, long unit),
    bool (*report)(void *context, long done)) {
  Units units = {.count = count, .context = context, .work = perform, .report = report};
  Worker workers[mostThreads];
  pthread_t handles[mostThreads];
  long started = 1;
  for (; started < threads && started < count && started < mostThreads; started++) {
    workers[started] = (Worker){&units, started};
    if (pthread_create(&handles[started], NULL, work, &workers[started]) != 0) break;
  }
  workers[0] = (Worker){&units, 0};
  work(&workers[0]);
  for (long thread = 1; thread < started; thread++) pthread_join(handles[thread], NULL);
  return !atomic_load(&units.stopped) && report(context, count);
}

long convolutionProcessors(void) {
  const long count = sysconf(_SC_NPROCESSORS_ONLN);
  return count < 1 ? 1 : count < mostThreads ? count : mostThreads;
}
