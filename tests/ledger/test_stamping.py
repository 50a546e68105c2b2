"""A time stamp is believed for what it is signed to say, and for nothing else."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import random
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("rfc3161_client", reason="sayso[timestamp] is not installed")

from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from sayso.errors import BadRoots, BadStamp, MissingExtra, SaysoError, StampRefused
from sayso.ledger import signed, stamping
from sayso.ledger.stamp_fault import StampFault
from sayso.ledger.stamping import Request, check_token, make_request, read_token
from tests import authority
from tests.authority import Authority, Lies, make_holder

if TYPE_CHECKING:
    from pathlib import Path

    from cryptography import x509

LOG_HASH = "5a" * 32
IMPRINT = hashlib.sha256(LOG_HASH.encode()).digest()
ANOTHER = hashlib.sha256(b"another").digest()


@pytest.fixture(scope="module")
def harbour() -> Authority:
    """An authority that tells the truth unless it is told to lie."""
    return Authority()


@pytest.fixture
def request_() -> Request:
    return make_request(LOG_HASH)


def find_fault(token: bytes, roots: list[bytes] | None = None) -> str:
    with pytest.raises(BadStamp) as caught:
        check_token(token, log_hash=LOG_HASH, roots=roots)
    return caught.value.code


def test_a_request_holds_the_hash_of_the_hash_and_a_nonce_and_no_more(request_: Request) -> None:
    expected = authority.sequence(
        authority.integer(1),
        authority.sequence(
            authority.sequence(authority.oid(authority.SHA256), authority.tlv(5)), authority.octets(IMPRINT)
        ),
        authority.integer(request_.nonce),
        authority.tlv(1, b"\xff"),
    )
    assert request_.body == expected
    assert LOG_HASH.encode() not in request_.body


def test_no_two_requests_have_one_nonce() -> None:
    assert len({make_request(LOG_HASH).nonce for _ in range(50)}) == 50


def test_a_stamp_says_when_and_by_whom(harbour: Authority, request_: Request) -> None:
    token, stamp = read_token(harbour.answer(IMPRINT, request_.nonce), request=request_)
    assert stamp.log_hash == LOG_HASH
    assert stamp.time == "2024-11-03T10:15:42Z"
    assert stamp.authority == "Tarnhaven Clockworks, Tarnhaven Time"
    assert stamp.policy == authority.POLICY
    assert stamp.serial == "1267"
    assert (stamp.root, bool(stamp.not_checked)) == (None, True)
    assert check_token(token, log_hash=LOG_HASH) == stamp


def test_with_roots_it_says_which_one_the_authority_leads_to(harbour: Authority) -> None:
    token = harbour.make_token(IMPRINT, None)
    pem = Authority().root.pem + harbour.root.pem + harbour.root.pem
    stamp = check_token(token, log_hash=LOG_HASH, roots=[pem])
    assert (stamp.root, stamp.not_checked) == ("Tarnhaven Clockworks, Tarnhaven Root", None)


def test_certificates_between_may_come_with_the_roots(harbour: Authority) -> None:
    token = harbour.make_token(IMPRINT, None, Lies(certificates=(harbour.signer.der,)))
    assert find_fault(token, [harbour.root.pem]) == StampFault.UNKNOWN_AUTHORITY
    assert check_token(token, log_hash=LOG_HASH, roots=[harbour.root.pem, harbour.between.pem]).root


def test_an_authority_that_leads_to_no_root_is_not_believed(harbour: Authority) -> None:
    token = harbour.make_token(IMPRINT, None)
    assert find_fault(token, [Authority().root.pem]) == StampFault.UNKNOWN_AUTHORITY


@pytest.mark.parametrize("common_name", ["Tarnhaven Root", "Another Root"])
def test_the_root_in_the_token_is_not_a_trusted_one(harbour: Authority, common_name: str) -> None:
    own = (harbour.signer.der, harbour.between.der, harbour.root.der)
    token = harbour.make_token(IMPRINT, None, Lies(certificates=own))
    for _ in range(3):
        other = make_holder(common_name, is_authority=True)
        assert find_fault(token, [other.pem, harbour.between.pem]) == StampFault.UNKNOWN_AUTHORITY
    assert check_token(token, log_hash=LOG_HASH, roots=[other.pem, harbour.root.pem]).root


def test_a_root_that_signs_itself_is_led_to() -> None:
    own = Authority()
    own.signer = make_holder("Tarnhaven Sundial", usage=(ExtendedKeyUsageOID.TIME_STAMPING,))
    token = own.make_token(IMPRINT, None, Lies(certificates=(own.signer.der,)))
    assert (
        check_token(token, log_hash=LOG_HASH, roots=[own.signer.pem]).root == "Tarnhaven Clockworks, Tarnhaven Sundial"
    )


def test_a_certificate_that_must_not_issue_others_has_issued_none() -> None:
    own = Authority()
    clerk = make_holder("Tarnhaven Clerk", own.between)
    own.signer = make_holder("Tarnhaven Time", clerk, usage=(ExtendedKeyUsageOID.TIME_STAMPING,))
    token = own.make_token(IMPRINT, None, Lies(certificates=(own.signer.der, clerk.der, own.between.der)))
    assert find_fault(token, [own.root.pem]) == StampFault.UNKNOWN_AUTHORITY


def test_a_crowd_of_certificates_of_one_name_is_looked_at_within_limits(harbour: Authority) -> None:
    crowd = tuple(make_holder("Tarnhaven Issuing", harbour.root, is_authority=True).der for _ in range(120))
    token = harbour.make_token(IMPRINT, None, Lies(certificates=(harbour.signer.der, *crowd)))
    assert find_fault(token, [harbour.root.pem]) == StampFault.UNKNOWN_AUTHORITY


@pytest.mark.parametrize(
    ("lies", "fault"),
    [
        (Lies(imprint=ANOTHER), StampFault.ANOTHER_HASH),
        (Lies(imprint_algorithm=authority.SHA1, imprint=ANOTHER[:20]), StampFault.ANOTHER_HASH),
        (Lies(certificates=()), StampFault.NO_CERTIFICATE),
        (Lies(is_signature_broken=True), StampFault.CHANGED),
        (Lies(is_content_changed=True), StampFault.CHANGED),
        (Lies(n_signers=0), StampFault.MALFORMED),
        (Lies(n_signers=2), StampFault.MALFORMED),
        (Lies(signed_type=authority.PLAIN_DATA), StampFault.MALFORMED),
        (Lies(time="19700101000000Z"), StampFault.WRONG_CERTIFICATE),
        (Lies(time="yesterday"), StampFault.MALFORMED),
        (Lies(named_hash=None), StampFault.WRONG_CERTIFICATE),
        (Lies(named_hash=ANOTHER), StampFault.WRONG_CERTIFICATE),
        (Lies(digest_algorithm=authority.SHA1), StampFault.UNKNOWN_SIGNATURE),
        (Lies(signature_algorithm="1.2.840.113549.1.1.10"), StampFault.UNKNOWN_SIGNATURE),
        (Lies(is_attribute_twice=True), StampFault.MALFORMED),
        (Lies(has_attributes=False), StampFault.MALFORMED),
    ],
    ids=str,
)
@pytest.mark.parametrize("with_roots", [False, True])
def test_a_lie_is_found(harbour: Authority, lies: Lies, fault: StampFault, *, with_roots: bool) -> None:
    token = harbour.make_token(IMPRINT, None, lies)
    assert find_fault(token, [harbour.root.pem] if with_roots else None) == fault


def test_the_signature_is_looked_for_in_a_time_stamp_alone(harbour: Authority) -> None:
    """As the package reads the same bytes first, these are seen by it already."""
    token = harbour.make_token(IMPRINT, None)
    assert signed.find_signer(token) == harbour.signer.certificate
    kind, content = signed.SIGNED_DATA, harbour.make_token(IMPRINT, None, Lies(signed_type=authority.PLAIN_DATA))
    bare = harbour.make_token(IMPRINT, None, Lies(has_attributes=False))
    for other in (token.replace(kind, kind[:-1] + b"\x03", 1), content, bare, token[:-9], b"", b"\x30\x00"):
        with pytest.raises(BadStamp) as caught:
            signed.find_signer(other)
        assert caught.value.code == StampFault.MALFORMED


def test_the_certificate_of_somebody_else_is_not_the_signers(harbour: Authority) -> None:
    lies = Lies(certificates=(harbour.between.der, harbour.root.der))
    assert find_fault(harbour.make_token(IMPRINT, None, lies)) == StampFault.NO_CERTIFICATE


@pytest.mark.parametrize(
    "lies", [Lies(), Lies(has_name=False), Lies(names_hash_algorithm=True), Lies(is_named_in_sha1=True)]
)
def test_what_the_standard_leaves_open_is_read(harbour: Authority, lies: Lies) -> None:
    assert check_token(harbour.make_token(IMPRINT, 7, lies), log_hash=LOG_HASH, roots=[harbour.root.pem]).root


def test_certificates_may_come_in_any_order(harbour: Authority) -> None:
    """DER would sort them; CMS is BER, and many authorities leave them as they come."""
    own = [harbour.signer.der, harbour.between.der, harbour.root.der]
    for certificates in itertools.permutations(own):
        lies = Lies(certificates=certificates, is_order_kept=True)
        token, request = harbour.make_token(IMPRINT, 7, lies), Request(log_hash=LOG_HASH, nonce=7, body=b"")
        assert read_token(granted(token), request=request, roots=[harbour.root.pem])[0] == token


def granted(token: bytes) -> bytes:
    return authority.sequence(authority.sequence(authority.integer(0)), token)


def test_rsa_is_read() -> None:
    own = Authority(make_key=lambda: rsa.generate_private_key(65537, 2048))
    assert check_token(own.make_token(IMPRINT, None), log_hash=LOG_HASH, roots=[own.root.pem]).root


def test_a_kind_of_key_that_is_not_known_is_said_to_be() -> None:
    own = Authority(make_key=ed25519.Ed25519PrivateKey.generate)
    assert find_fault(own.make_token(IMPRINT, None)) == StampFault.UNKNOWN_SIGNATURE


@pytest.mark.parametrize(
    ("usage", "is_critical"),
    [
        ((), True),
        ((ExtendedKeyUsageOID.TIME_STAMPING,), False),
        ((ExtendedKeyUsageOID.CODE_SIGNING,), True),
        ((ExtendedKeyUsageOID.TIME_STAMPING, ExtendedKeyUsageOID.SERVER_AUTH), True),
    ],
)
def test_a_certificate_for_something_else_stamps_nothing(
    usage: tuple[x509.ObjectIdentifier, ...], *, is_critical: bool
) -> None:
    own = Authority()
    own.signer = make_holder("Tarnhaven Pages", own.between, usage=usage, is_usage_critical=is_critical)
    assert find_fault(own.make_token(IMPRINT, None), [own.root.pem]) == StampFault.WRONG_CERTIFICATE


def test_a_certificate_that_expired_since_was_good_then() -> None:
    valid = (authority.NOW - dt.timedelta(days=9), authority.NOW + dt.timedelta(days=9))
    own = Authority(valid=valid)
    assert check_token(own.make_token(IMPRINT, None), log_hash=LOG_HASH, roots=[own.root.pem]).root


def test_a_root_that_was_not_valid_then_is_said_to_be() -> None:
    own = Authority(root_valid=(authority.NOW + dt.timedelta(days=1), authority.NOW + dt.timedelta(days=900)))
    assert find_fault(own.make_token(IMPRINT, None), [own.root.pem]) == StampFault.UNKNOWN_AUTHORITY


# The answer around the token.


@pytest.mark.parametrize("lies", [Lies(nonce=5), Lies(has_nonce=False)])
def test_an_answer_to_another_request_is_refused(harbour: Authority, request_: Request, lies: Lies) -> None:
    with pytest.raises(BadStamp) as caught:
        read_token(harbour.answer(IMPRINT, request_.nonce, lies), request=request_)
    assert caught.value.code == StampFault.WRONG_NONCE


@pytest.mark.parametrize(("status", "word"), [(2, "rejected"), (3, "waiting"), (5, "revoked"), (77, "status 77")])
def test_a_refusal_is_given_in_the_authoritys_words(request_: Request, status: int, word: str) -> None:
    with pytest.raises(StampRefused) as caught:
        read_token(authority.refuse(status, "closed for the night", "x" * 5_000), request=request_)
    assert caught.value.status == word
    assert caught.value.reasons == ("closed for the night", "x" * 300)


def test_a_refusal_may_be_without_words(request_: Request) -> None:
    with pytest.raises(StampRefused) as caught:
        read_token(authority.refuse(), request=request_)
    assert caught.value.reasons == ()


def test_granted_with_changes_is_granted(harbour: Authority, request_: Request) -> None:
    token = harbour.make_token(IMPRINT, request_.nonce)
    answer = authority.sequence(authority.sequence(authority.integer(1)), token)
    assert read_token(answer, request=request_)[0] == token


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (b"", StampFault.MALFORMED),
        (b"\n<!doctype html><title>Not here</title>", StampFault.MALFORMED),
        (b"{}", StampFault.MALFORMED),
        (b"\x30\x84\xff\xff\xff\xff", StampFault.MALFORMED),
        (authority.refuse(0), StampFault.MALFORMED),
        (bytes(stamping.MAX_ANSWER_BYTES + 1), StampFault.TOO_LARGE),
    ],
)
def test_an_answer_that_is_none_is_refused(request_: Request, answer: bytes, fault: StampFault) -> None:
    with pytest.raises(BadStamp) as caught:
        read_token(answer, request=request_)
    assert caught.value.code == fault


def test_a_token_with_a_refusal_is_no_answer(harbour: Authority, request_: Request) -> None:
    token = harbour.make_token(IMPRINT, request_.nonce)
    with pytest.raises(BadStamp):
        read_token(authority.sequence(authority.sequence(authority.integer(2)), token), request=request_)


@pytest.mark.parametrize(
    ("token", "fault"),
    [
        (b"", StampFault.MALFORMED),
        (b"\x30\x00", StampFault.MALFORMED),
        (bytes(stamping.MAX_ANSWER_BYTES + 1), StampFault.TOO_LARGE),
    ],
)
def test_a_token_that_is_none_is_refused(token: bytes, fault: StampFault) -> None:
    assert find_fault(token) == fault


def test_a_token_that_is_cut_off_is_refused(harbour: Authority, request_: Request) -> None:
    answer = harbour.answer(IMPRINT, request_.nonce)
    for length in range(0, len(answer), 7):
        with pytest.raises(BadStamp):
            read_token(answer[:length], request=request_)


def test_a_token_with_something_behind_it_is_refused(harbour: Authority) -> None:
    assert find_fault(harbour.make_token(IMPRINT, None) + b"\x05\x00") == StampFault.MALFORMED


def test_no_change_of_a_token_goes_unseen_or_brings_a_foreign_error(harbour: Authority) -> None:
    """Every byte of what is signed is held by the signature; what is not signed says nothing else."""
    token = harbour.make_token(IMPRINT, 7)
    true = check_token(token, log_hash=LOG_HASH, roots=[harbour.root.pem])
    chance = random.Random(3161)  # noqa: S311  which bytes are tried
    for _ in range(1_500):
        changed = bytearray(token)
        for _ in range(chance.randrange(1, 4)):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        try:
            said = check_token(bytes(changed), log_hash=LOG_HASH, roots=[harbour.root.pem])
        except SaysoError:
            continue
        assert said == true


# Roots.


def test_roots_without_a_certificate_are_refused(harbour: Authority) -> None:
    token = harbour.make_token(IMPRINT, None)
    broken = harbour.root.pem.replace(b"MII", b"AAA")
    for roots in ([], [b""], [b"no PEM"], [broken], [harbour.between.pem], [b"\0" * 9]):
        with pytest.raises(BadRoots):
            check_token(token, log_hash=LOG_HASH, roots=roots)


def test_too_many_roots_are_refused(harbour: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.ledger.chain.MAX_ROOTS", 1)
    with pytest.raises(BadRoots):
        check_token(b"", log_hash=LOG_HASH, roots=[harbour.root.pem, harbour.between.pem])


# The packages.


def test_without_the_packages_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rfc3161_client", None)
    for call in (
        lambda: make_request(LOG_HASH),
        lambda: read_token(authority.refuse(), request=Request(log_hash=LOG_HASH, nonce=1, body=b"")),
    ):
        with pytest.raises(MissingExtra) as caught:
            call()
        assert caught.value.extra == "timestamp"


# What the industry's own program says of the same bytes.


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs the openssl program")
@pytest.mark.parametrize(
    "lies", [Lies(), Lies(is_signature_broken=True), Lies(imprint=ANOTHER), Lies(n_signers=2)], ids=str
)
def test_openssl_agrees(harbour: Authority, tmp_path: Path, lies: Lies) -> None:
    token = harbour.make_token(IMPRINT, None, lies)
    (tmp_path / "token").write_bytes(token)
    (tmp_path / "log").write_text(LOG_HASH, encoding="ascii")
    (tmp_path / "root.pem").write_bytes(harbour.root.pem)
    asked = ["openssl", "ts", "-verify", "-token_in", "-in", "token", "-data", "log", "-CAfile", "root.pem"]
    theirs = subprocess.run(asked, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    try:
        ours = bool(check_token(token, log_hash=LOG_HASH, roots=[harbour.root.pem]))
    except BadStamp:
        ours = False
    assert ours == theirs


CONFIGURATION = """
[tsa]
default_tsa = own
[own]
serial = serial
signer_cert = signer.pem
certs = between.pem
signer_key = key.pem
signer_digest = {digest}
default_policy = 1.2.3.4
digests = sha256
accuracy = secs:1, millisecs:500, microsecs:100
ordering = yes
tsa_name = yes
ess_cert_id_chain = {chain}
ess_cert_id_alg = {named}
"""


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs the openssl program")
@pytest.mark.parametrize(("digest", "named", "chain"), [("sha256", "sha256", "no"), ("sha512", "sha1", "yes")])
def test_what_openssl_stamps_is_read(tmp_path: Path, digest: str, named: str, chain: str) -> None:
    own = Authority(make_key=lambda: rsa.generate_private_key(65537, 2048))
    request = make_request(LOG_HASH)
    (tmp_path / "asked").write_bytes(request.body)
    (tmp_path / "signer.pem").write_bytes(own.signer.pem)
    (tmp_path / "between.pem").write_bytes(own.between.pem)
    (tmp_path / "key.pem").write_bytes(own.signer.secret)
    (tmp_path / "serial").write_text("0A5F", encoding="ascii")
    configuration = CONFIGURATION.format(digest=digest, named=named, chain=chain)
    (tmp_path / "own.cnf").write_text(configuration, encoding="ascii")
    asked = ["openssl", "ts", "-reply", "-config", "own.cnf", "-queryfile", "asked", "-out", "answer"]
    subprocess.run(asked, cwd=tmp_path, capture_output=True, check=True)
    answer = (tmp_path / "answer").read_bytes()
    _, stamp = read_token(answer, request=request, roots=[own.root.pem])
    assert (stamp.policy, stamp.serial, stamp.root) == ("1.2.3.4", "a60", "Tarnhaven Clockworks, Tarnhaven Root")
    now = dt.datetime.now(dt.UTC)
    assert abs(now - dt.datetime.fromisoformat(stamp.time)) < dt.timedelta(minutes=5)
