#include "clapack.h"

void openblas_set_num_threads(int count);

void la_set_thread_count(int32_t count) { openblas_set_num_threads(count); }
