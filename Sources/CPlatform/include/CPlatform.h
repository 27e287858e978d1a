// System calls that Swift cannot import (variadic, behind macros, or absent from the headers), for the library
// and for `runbook-step`, which is Embedded Swift and cannot import Glibc at all.
#ifndef CPLATFORM_H
#define CPLATFORM_H

#include "CPlatformFiles.h"
#include "CPlatformProcess.h"
#include "CPlatformRun.h"
#include "CPlatformStep.h"

int platform_pidfd_open(int pid);

#endif
