"""An action of Ansible: brings a program to a host over the connection that Ansible has to it, and takes what it says.

What is brought stands in files, and values of variables in the environment; nothing of it is an argument of a task, so
Ansible's templates never see it. Each host's beginning and end is a line in a file, which outlives whoever is killed.
"""

import json
import os
import re
import shlex
import time

from ansible.errors import AnsibleConnectionFailure
from ansible.module_utils.common.text.converters import to_bytes
from ansible.plugins.action import ActionBase

# What ssh says of a connection that it could not make: nothing has run then.
NOT_CONNECTED = re.compile(
    r"connect to host|Could not resolve|banner exchange|Permission denied|Host key verification|"
    r"IDENTIFICATION HAS CHANGED|Too many authentication|Bad (configuration|owner)"
)


class Job:
    """What is to be done; what is not said there is none."""

    deadline = limit = sshConfig = tries = None

    def __init__(self, path):
        self.folder = path
        with open(path + "/job.json", encoding="utf-8") as file:
            self.__dict__.update(json.load(file))
        self.parent = os.getppid()

    def tell(self, **line):
        """One write, so that lines of several hosts never mix."""
        file = os.open(self.answers, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(file, json.dumps(line).encode() + b"\n")
        finally:
            os.close(file)

    def keep(self, name, data):
        file = os.open(self.kept + "/" + name, os.O_WRONLY | os.O_TRUNC | os.O_CREAT, 0o600)
        with open(file, "wb") as stream:
            stream.write(data)

    @property
    def is_over(self):
        return os.path.exists(self.folder + "/over") or os.getppid() != self.parent

    def runs(self, host):
        """The block runs there. The time of all hosts together counts from the first that gets here."""
        own = "%s/first-%d" % (self.kept, os.getpid())
        with open(own, "w", encoding="utf-8") as file:
            file.write(repr(time.monotonic()))
        try:
            os.link(own, self.first)
        except FileExistsError:
            pass
        finally:
            os.unlink(own)
        self.tell(host=host, runs=True)

    @property
    def first(self):
        return self.kept + "/first"

    @property
    def time_left(self):
        """Hundredths of a second from now on; 0 for none."""
        at = self.number(self.limit)
        if at is None and self.deadline:
            first = self.number(self.first)
            at = (time.monotonic() if first is None else first) + self.deadline
        return max(1, int((at - time.monotonic()) * 100) + 1) if at else 0

    @staticmethod
    def number(path):
        if not path or not os.path.exists(path):
            return None
        with open(path, encoding="utf-8") as file:
            return float(file.read())

    def program(self, host, *variables):
        lines = [b"deadline=%d\n" % self.time_left, *variables]
        given = {name: os.environb.get(name.encode()) for name in self.names}
        values = {name: value for name, value in given.items() if value is not None}
        for name in self.perHost:
            own = json.loads(os.environb.get(name.encode()) or b"{}")
            values[name] = own.get(host, "").encode()
        values["RUNBOOK_HOST"] = host.encode()
        for name, value in sorted(values.items()):
            lines.append(b"export %s='%s'\n" % (name.encode(), value.replace(b"'", b"'\\''")))
        with open(self.folder + "/begin", "rb") as file:
            begin = file.read()
        with open(self.folder + "/end", "rb") as file:
            return begin + b"".join(lines) + file.read()


class ActionModule(ActionBase):
    TRANSFERS_FILES = False

    def run(self, tmp=None, task_vars=None):
        result = super().run(tmp, task_vars)
        job = Job(os.environ["RUNBOOK_FLEET"])
        host = task_vars["inventory_hostname"]
        job.tell(host=host, began=True)
        self.began = time.monotonic()
        status, output, errors = self.converse(job, host)
        name = "%s-%d" % (job.name, job.hosts.index(host))
        job.keep(name + ".out", output)
        job.keep(name + ".err", errors)
        job.tell(host=host, file=name, word=job.word, status=status, took=time.monotonic() - self.began)
        is_fine = b"is exit 0" in self.words(job, errors) and not self.has(job, errors, b"is stopped ")
        # Ansible goes no further than the batch in which one failed, where it is told.
        result.update(runbook=True, changed=True, failed=job.stopsAtFailure and not is_fine)
        return result

    def converse(self, job, host):
        """As often as it takes: a connection that is cut changes nothing about the block there."""
        failures, has_begun, errors = 0, host in job.begun, b"it was stopped before it began"
        runs = not job.saysWhenItRuns
        while not job.is_over:
            self.prepare(job, is_own=failures > 0 or job.hasOwnConnections)
            if not runs:
                status, output, errors = self.call(job.program(host, b"quiet=begin\n"))
                has_begun = has_begun or bool(self.words(job, errors))
                runs = self.has(job, errors, b"started ")
                if runs:
                    job.runs(host)
                    self.began = time.monotonic()
            if runs:
                status, output, errors = self.call(job.program(host))
                has_begun = has_begun or bool(self.words(job, errors))
            if status != 255 or self.has(job, errors, b"end ") or self.has(job, errors, b"refused "):
                return status, output, errors
            failures += 1
            if job.tries and failures >= job.tries:
                break
            if failures > 1 and not has_begun and NOT_CONNECTED.search(errors.decode(errors="replace")):
                break
            time.sleep(min(5, 0.25 * failures * failures))
        return 255, b"", errors

    def prepare(self, job, is_own):
        """Adds to the user's own settings of ssh what keeps it from asking and from waiting for ever."""
        connection = self._connection
        if connection.transport != "ssh":
            return
        if not hasattr(self, "own_extra"):
            self.own_extra = connection.get_option("ssh_extra_args") or ""
            self.own_args = connection.get_option("ssh_args") or ""
        options = ["ServerAliveInterval=10", "ServerAliveCountMax=2", "LogLevel=ERROR"]
        if not connection.get_option("password"):
            options.append("BatchMode=yes")
        words = (["-F", job.sshConfig] if job.sshConfig else []) + ["-o" + option for option in options]
        connection.set_option("ssh_extra_args", " ".join([self.own_extra] + [shlex.quote(word) for word in words]))
        if is_own:
            # The shared one may hang.
            connection.set_option("ssh_args", "-o ControlMaster=no -o ControlPath=none " + self.own_args)

    def call(self, program):
        try:
            answer = self._low_level_execute_command("exec sh", in_data=program, encoding_errors="surrogateescape")
        except AnsibleConnectionFailure as error:
            return 255, b"", to_bytes(str(error), errors="surrogateescape")
        texts = [to_bytes(answer[name], errors="surrogateescape") for name in ("stdout", "stderr")]
        return answer["rc"], texts[0], texts[1]

    @staticmethod
    def words(job, errors):
        """What our program said: its lines begin with its word."""
        mark = job.word.encode() + b" "
        return [line[len(mark):] for line in errors.split(b"\n") if line.startswith(mark)]

    @classmethod
    def has(cls, job, errors, beginning):
        return any(line.startswith(beginning) for line in cls.words(job, errors))
