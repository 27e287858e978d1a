"""A real sshd of this machine on a port of its own, as the host of remote steps."""

import getpass
import os
import pathlib
import shutil
import socket
import subprocess
import time


class Host:
    """Named `bench` in `config`, as long as the `with` lasts."""

    program = shutil.which("sshd", path="/usr/sbin:/usr/local/sbin:/usr/bin")

    def __init__(self, folder):
        self.folder = pathlib.Path(folder).resolve()
        self.config = self.folder / "ssh_config"

    def __enter__(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        home = self.folder / "home"
        home.mkdir(parents=True)
        # Debian's sshd wants it, and makes it only where it is started as a service.
        if os.geteuid() == 0:
            os.makedirs("/run/sshd", exist_ok=True)
        for key in ("hostkey", "key"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", self.folder / key], check=True)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server = self.folder / "sshd_config"
        server.write_text("\n".join([
            f"Port {port}", "ListenAddress 127.0.0.1", f"HostKey {self.folder}/hostkey",
            f"AuthorizedKeysFile {self.folder}/key.pub", "PidFile none", "StrictModes no", "UsePAM no",
            "PasswordAuthentication no", "PermitRootLogin yes", "MaxSessions 100", f"SetEnv HOME={home}"]) + "\n")
        host_key = (self.folder / "hostkey.pub").read_text().split()[:2]
        (self.folder / "known_hosts").write_text(f"[127.0.0.1]:{port} {' '.join(host_key)}\n")
        self.config.write_text("\n".join([
            "Host bench", "  HostName 127.0.0.1", f"  Port {port}", f"  User {getpass.getuser()}",
            f"  IdentityFile {self.folder}/key", "  IdentitiesOnly yes",
            f"  UserKnownHostsFile {self.folder}/known_hosts"]) + "\n")
        self.process = subprocess.Popen([self.program, "-D", "-f", server, "-E", self.folder / "log"])
        deadline = time.monotonic() + 10
        while subprocess.run(["ssh", "-F", self.config, "bench", "true"], stderr=subprocess.DEVNULL).returncode:
            if time.monotonic() > deadline:
                raise SystemExit(f"sshd does not answer:\n{(self.folder / 'log').read_text()}")
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
