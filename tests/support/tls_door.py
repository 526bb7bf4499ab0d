"""A door with TLS before a PostgreSQL server that has none: the client sees a server with TLS.

The server's programs of the tests may be built without TLS. What is tested is the client: which
certificates it takes.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_ASKING = bytes.fromhex("0000000804d2162f")
"""What a PostgreSQL client sends first to ask for TLS."""


@dataclass(frozen=True, slots=True)
class Papers:
    """An authority's certificate, and one it gave a server, with its key; all PEM files."""

    authority: Path
    certificate: Path
    key: Path


def papers(folder: Path, host: str) -> Papers:
    """A new authority and a certificate of it for a host (a name or an IP address)."""
    folder.mkdir(parents=True, exist_ok=True)
    authority_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    authority = _certificate("An authority", authority_key, "An authority", authority_key)
    certificate = _certificate(host, key, "An authority", authority_key)
    found = Papers(folder / "authority.pem", folder / "server.pem", folder / "server.key")
    found.authority.write_bytes(authority.public_bytes(serialization.Encoding.PEM))
    found.certificate.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    found.key.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return found


def _certificate(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: str,
    issuer_key: ec.EllipticCurvePrivateKey,
) -> x509.Certificate:
    now = datetime.now(UTC)
    own = key is issuer_key
    asked = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=own, path_length=None), critical=True)
    )
    if not own:
        asked = asked.add_extension(x509.SubjectAlternativeName([_named(name)]), critical=False)
    return asked.sign(issuer_key, hashes.SHA256())


def _named(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)


@contextmanager
def tls_door(port: int, shown: Papers) -> Iterator[int]:
    """The port of a door that speaks TLS with these papers and leads to the server at ``port``."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(shown.certificate, shown.key)
    with socket.create_server(("127.0.0.1", 0)) as door:
        thread = threading.Thread(target=_let_in, args=(door, context, port), daemon=True)
        thread.start()
        try:
            yield door.getsockname()[1]
        finally:
            door.shutdown(socket.SHUT_RDWR)
            thread.join(5)


def _let_in(door: socket.socket, context: ssl.SSLContext, port: int) -> None:
    with suppress(OSError):  # the door was shut
        while True:
            guest, _ = door.accept()
            threading.Thread(target=_lead, args=(guest, context, port), daemon=True).start()


def _lead(guest: socket.socket, context: ssl.SSLContext, port: int) -> None:
    with suppress(OSError), guest:  # a guest who does not like the papers leaves
        if guest.recv(8) != _ASKING:
            return
        guest.sendall(b"S")
        with (
            context.wrap_socket(guest, server_side=True) as safe,
            socket.create_connection(("127.0.0.1", port)) as server,
        ):
            back = threading.Thread(target=_carry, args=(server, safe), daemon=True)
            back.start()
            _carry(safe, server)
            back.join(5)


def _carry(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
