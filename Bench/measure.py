"""Runs programs in turns and measures each by the kernel's own accounts."""

import os
import statistics
import time


class Program:
    """A way to do the work of a question."""

    def __init__(self, name, words, folder=None, env=None, stdout=os.devnull, before=None, ok=(0,)):
        self.name = name
        self.words = [str(word) for word in words]
        self.folder = folder
        self.env = env
        self.stdout = stdout
        self.before = before
        self.ok = ok


class Run:
    """One run: seconds from the start of the program to its end, and the most memory of any of its processes in KiB."""

    def __init__(self, seconds, memory, started):
        self.seconds = seconds
        self.memory = memory
        self.started = started


class Sample:
    """What a running program holds: KiB of memory, and descriptors."""

    def __init__(self, pid):
        with open(f"/proc/{pid}/status") as status:
            self.memory = next((int(line.split()[1]) for line in status if line.startswith("VmRSS")), 0)
        self.descriptors = len(os.listdir(f"/proc/{pid}/fd"))


def run(program, samples=None):
    """One run. With a list of `samples`, what it holds is added to it five times a second."""
    if program.before:
        program.before()
    stdout = program.stdout() if callable(program.stdout) else program.stdout
    output = os.open(str(stdout), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    null = os.open(os.devnull, os.O_RDONLY)
    env = dict(os.environ, **(program.env or {}))
    words = program.words
    if program.folder:
        words = ["/usr/bin/env", "-C", str(program.folder)] + words
    else:
        words = ["/usr/bin/env"] + words
    actions = [
        (os.POSIX_SPAWN_DUP2, null, 0),
        (os.POSIX_SPAWN_DUP2, output, 1),
        (os.POSIX_SPAWN_DUP2, output, 2),
    ]
    started = time.time()
    start = time.monotonic()
    pid = os.posix_spawn("/usr/bin/env", words, env, file_actions=actions)
    while samples is not None and os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        samples.append(Sample(pid))
        time.sleep(0.2)
    _, status, usage = os.wait4(pid, 0)
    seconds = time.monotonic() - start
    os.close(output)
    os.close(null)
    if os.waitstatus_to_exitcode(status) not in program.ok:
        raise SystemExit(f"{program.name}: {' '.join(program.words)} ended with {status}")
    return Run(seconds, usage.ru_maxrss, started)


def in_turns(programs, rounds):
    """All programs once a round, each round beginning with another, after one round that doesn't count."""
    runs = {program.name: [] for program in programs}
    for number in range(rounds + 1):
        turn = number % len(programs)
        for program in programs[turn:] + programs[:turn]:
            result = run(program)
            if number > 0 or rounds == 0:
                runs[program.name].append(result)
    return runs


def median(values):
    return statistics.median(values)
