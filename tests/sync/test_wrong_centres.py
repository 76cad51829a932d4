"""What is not the centre, or does not let us in: the right class, the right words, nothing lost, nothing sent."""

from __future__ import annotations

import contextlib
import json
import socket
import ssl
import struct
import threading
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from qaf_desktop.centre import enrol, people
from qaf_desktop.centre.certificates import make_certificates
from qaf_desktop.domain.sending import SendState
from qaf_desktop.sync import failures
from qaf_desktop.sync.chain import genesis, link
from qaf_desktop.sync.check import check_line
from qaf_desktop.sync.enrolment import Enrolment, NotAnEnrolment, read_enrolment
from qaf_desktop.sync.failures import CentreFaulty, NoNetwork, NotTheCentre, NotTrusted, SignInRefused
from qaf_desktop.sync.line import Line
from qaf_desktop.sync.pace import next_attempt_seconds
from tests.sync.laptops import address_of


@contextlib.contextmanager
def answering(reply: bytes):
    """A socket on loopback that answers everything with one reply; gives its port and what it heard."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve():
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = server.accept()
                    with connection, contextlib.suppress(OSError):
                        connection.settimeout(5)
                        heard.append(connection.recv(4096))
                        connection.sendall(reply)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield server.getsockname()[1], heard
        server.shutdown(socket.SHUT_RDWR)
    thread.join(5)


def problem_with(centre, *, password=None, **address):
    """What a sync says when the line is wrong in one way."""
    line = Line(address_of(centre, "TM-01", **address), password or centre.password("TM-01"))
    try:
        line.hello("0.1.0", [])
    except failures.CentreProblem as problem:
        return type(problem)
    finally:
        line.close()
    return None


def test_the_right_centre_is_spoken_to_by_name_and_by_number(centre):
    assert problem_with(centre) is None
    assert problem_with(centre, host="127.0.0.1") is None


def test_an_authority_that_did_not_sign_the_centre_is_not_believed(centre):
    assert problem_with(centre, ca_pem=make_certificates().authority) is NotTrusted


@pytest.mark.parametrize(
    "certificates",
    [
        make_certificates(names=("elsewhere.example",), addresses=()),
        make_certificates(days=10, begins=datetime.now(UTC) - timedelta(days=60)),
        make_certificates(begins=datetime.now(UTC) + timedelta(days=60)),
    ],
    ids=["another name", "ended", "not begun"],
)
def test_a_certificate_that_does_not_fit_is_not_believed_and_hears_no_name(centre, tmp_path, certificates):
    with pretending(certificates, tmp_path) as (port, heard):
        assert problem_with(centre, host="127.0.0.1", port=port, ca_pem=certificates.authority) is NotTrusted

    assert b"".join(heard) == b""


CLEAR_TEXT_PLEASE = b"R" + struct.pack("!ii", 8, 3)
WEAK_HASH_PLEASE = b"R" + struct.pack("!ii4s", 12, 5, b"salt")
NOTHING_NEEDED = b"R" + struct.pack("!ii", 8, 0)


@pytest.mark.parametrize("asks", [CLEAR_TEXT_PLEASE, WEAK_HASH_PLEASE, NOTHING_NEEDED])
def test_a_server_that_asks_for_less_than_scram_never_hears_the_password(centre, tmp_path, asks):
    certificates = make_certificates()
    with pretending(certificates, tmp_path, asks) as (port, heard):
        assert problem_with(centre, port=port, ca_pem=certificates.authority) is NotTrusted

    assert len(heard) >= 1
    assert centre.password("TM-01").encode() not in b"".join(heard)


@contextlib.contextmanager
def pretending(certificates, folder, reply=b""):
    """A TLS server on loopback with these certificates; gives its port and what it heard once the line was safe."""
    (folder / "crt").write_text(certificates.server)
    (folder / "key").write_text(certificates.server_key)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "crt", folder / "key")
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve():
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = server.accept()
                    with connection, contextlib.suppress(OSError):
                        connection.settimeout(5)
                        connection.recv(8)
                        connection.sendall(b"S")
                        with context.wrap_socket(connection, server_side=True) as safe:
                            heard.append(safe.recv(4096))
                            safe.sendall(reply)
                            heard.append(safe.recv(4096))

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield server.getsockname()[1], heard
        server.shutdown(socket.SHUT_RDWR)
    thread.join(5)


def test_a_server_without_tls_hears_eight_bytes_and_no_name(centre):
    with answering(b"N") as (port, heard):
        assert problem_with(centre, port=port, host="127.0.0.1") is NotTrusted

    assert [len(words) for words in heard] == [8]


@pytest.mark.parametrize(
    "reply", [b"HTTP/1.1 302 Found\r\nLocation: http://login.example/\r\n\r\n", b"hello?\r\n", b"\x00" * 64]
)
def test_whatever_else_answers_is_not_taken_for_the_centre(centre, reply):
    with answering(reply) as (port, heard):
        assert problem_with(centre, port=port, host="127.0.0.1") is NotTheCentre

    assert centre.login("TM-01").encode() not in b"".join(heard)


def test_a_wrong_password_is_a_matter_of_signing_in(centre):
    assert problem_with(centre, password="not-it") is SignInRefused
    assert problem_with(centre, login="nobody_here") is SignInRefused


def test_an_absent_server_is_a_matter_of_the_network(centre):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    assert problem_with(centre, port=port) is NoNetwork
    assert problem_with(centre, host="no-such-host.invalid") is NoNetwork


def test_a_database_that_is_no_centre_is_told_apart(centre):
    centre.server.create_database("not_a_centre")
    with centre.server.office("not_a_centre") as office:
        office.execute("GRANT CONNECT ON DATABASE not_a_centre TO app_user")

    assert problem_with(centre, database="not_a_centre") is CentreFaulty
    centre.server.drop_database("not_a_centre")


def test_a_database_that_is_not_there_is_not_taken_for_a_closed_account(centre):
    assert problem_with(centre, database="no_such_centre") is failures.NoSuchDatabase


def test_too_many_connections_is_the_centre_being_full(centre):
    with contextlib.ExitStack() as lines:
        for _ in range(4):
            lines.enter_context(centre.sign_in("TM-01"))

        assert problem_with(centre) is failures.CentreFull


def test_a_closed_account_keeps_its_work_until_it_is_opened_again(laptop, centre):
    laptop.seal()
    people.deactivate(centre.office(), "TM-01")
    closed = laptop.sync()
    people.reactivate(centre.office(), "TM-01")

    assert isinstance(closed.problem, SignInRefused)
    assert laptop.states() == {SendState.READY: 1}
    assert laptop.sync().confirmed == 1


def test_a_session_ended_by_the_administrator_is_a_restart_and_is_tried_again(centre):
    line = Line(address_of(centre, "TM-01"), centre.password("TM-01"))
    line.hello("0.1.0", [])
    centre.office().execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s", (centre.login("TM-01"),)
    )

    with pytest.raises((failures.CentreRestarting, NoNetwork)) as told:
        line.hello("0.1.0", [])

    assert told.value.retries_itself
    assert line.hello("0.1.0", []).me.code == "TM-01"
    line.close()


def test_somebody_holding_the_log_makes_the_centre_busy_and_condemns_nothing(laptop, centre):
    laptop.seal()
    holder = centre.office()
    holder.execute("BEGIN")
    holder.execute("SELECT FROM core.scope FOR UPDATE")
    centre.office().execute(f"ALTER ROLE {centre.login('TM-01')} SET lock_timeout = '200ms'")

    outcome = laptop.sync()
    holder.execute("ROLLBACK")

    assert isinstance(outcome.problem, failures.CentreBusy)
    assert laptop.states() == {SendState.READY: 1}
    assert laptop.sync().confirmed == 1
    centre.office().execute(f"ALTER ROLE {centre.login('TM-01')} SET lock_timeout = '10s'")


@pytest.mark.parametrize(
    ("sqlstate", "problem"),
    [
        ("53100", failures.CentreFull),
        ("53300", failures.CentreFull),
        ("57P01", failures.CentreRestarting),
        ("57P03", failures.CentreRestarting),
        ("57014", failures.CentreBusy),
        ("25006", failures.CentreReadOnly),
        ("42501", failures.NotAllowed),
        ("28000", SignInRefused),
        ("08006", NoNetwork),
        ("XX000", CentreFaulty),
        ("42883", CentreFaulty),
    ],
)
def test_what_the_centre_refuses_is_sorted_by_its_code(sqlstate, problem):
    assert failures.by_sqlstate(sqlstate) is problem


def test_every_failure_says_what_happened_that_the_work_is_safe_and_what_to_do():
    for problem in failures.CentreProblem.__subclasses__():
        told = problem()

        assert told.happened.endswith(".")
        assert told.safe == "Your work is kept on this computer."
        assert told.next_step.endswith(".")


def test_the_pace_slows_down_and_stops_for_what_only_a_person_can_mend():
    waits = [next_attempt_seconds(NoNetwork(), failed, 0.5) for failed in (1, 2, 3, 4, 9)]

    assert waits == [60, 120, 300, 900, 900]
    assert next_attempt_seconds(None, 0, 0.5) == 900
    assert next_attempt_seconds(NotTrusted(), 1, 0.5) is None
    assert next_attempt_seconds(None, 0, 0.0) < 900 < next_attempt_seconds(None, 0, 1.0)


def test_the_check_for_an_it_officer_names_each_step(centre):
    line = Line(address_of(centre, "TM-01"), centre.password("TM-01"))

    steps = check_line(line, "0.1.0", lambda: datetime.now(UTC))

    assert [(step.name, step.good) for step in steps] == [
        (name, True) for name in ("name", "line", "certificate", "sign-in", "version", "clock")
    ]
    line.close()


def test_the_check_says_where_it_stops(centre):
    lines = {
        "name": Line(address_of(centre, "TM-01", host="no-such-host.invalid"), "x"),
        "line": Line(address_of(centre, "TM-01", port=1), "x"),
        "certificate": Line(address_of(centre, "TM-01", ca_pem=make_certificates().authority), "x"),
        "sign-in": Line(address_of(centre, "TM-01"), "wrong"),
    }

    for name, line in lines.items():
        steps = check_line(line, "0.1.0", lambda: datetime.now(UTC))
        assert next(step.name for step in steps if not step.good) == name
        assert len(steps) == 6
        line.close()


def test_the_check_notices_an_old_program_and_a_wrong_clock(centre):
    centre.office().execute("UPDATE core.setting SET min_client = '2.0'")
    line = Line(address_of(centre, "TM-01"), centre.password("TM-01"))

    steps = {step.name: step for step in check_line(line, "0.1.0", lambda: datetime.now(UTC) + timedelta(hours=2))}

    assert steps["version"].good is False
    assert (steps["clock"].good, "120 minutes ahead" in steps["clock"].words) == (False, True)
    line.close()


def test_an_enrolment_file_written_by_the_centre_is_read_by_the_laptop(centre, tmp_path):
    path = enrol.write_enrolment(
        centre.office(),
        tmp_path / "tm01.json",
        code="TM-01",
        host="localhost",
        port=centre.server.port,
        ca_pem=centre.server.ca_pem,
    )

    enrolment = read_enrolment(path)

    assert enrolment.person.code == "TM-01"
    assert enrolment.council == "Demo Council"
    assert Enrolment.from_content(enrolment.to_content()) == enrolment
    line = Line(enrolment.centre, centre.password("TM-01"))
    assert line.hello("0.1.0", []).me.code == "TM-01"
    line.close()


@pytest.mark.parametrize(
    "words", ["", "{}", "[]", "null", '"x"', '{"qaf_enrolment": 1}', '{"qaf_enrolment": 2}', "\x00\xff", "{"]
)
def test_a_file_that_is_no_enrolment_is_refused_in_words(tmp_path, words):
    path = tmp_path / "enrol.json"
    path.write_bytes(words.encode("latin-1"))

    with pytest.raises(NotAnEnrolment):
        read_enrolment(path)


@pytest.mark.parametrize(
    ("where", "value"),
    [("host", ""), ("port", 0), ("port", "x"), ("sign_in", "trust"), ("ca_pem", "none"), ("database", 5)],
)
def test_an_enrolment_with_one_wrong_part_is_refused(centre, tmp_path, where, value):
    path = enrol.write_enrolment(
        centre.office(), tmp_path / "x.json", code="TM-01", host="localhost", port=5432, ca_pem=centre.server.ca_pem
    )
    told = json.loads(path.read_text())
    told["centre"][where] = value
    path.write_text(json.dumps(told))

    with pytest.raises(NotAnEnrolment):
        read_enrolment(path)


def test_a_missing_enrolment_file_is_told_apart(tmp_path):
    with pytest.raises(NotAnEnrolment, match="could not be opened"):
        read_enrolment(tmp_path / "nothing.json")


def test_the_laptop_and_the_centre_compute_the_same_chain(centre):
    office = centre.office()
    id, hash_ = "01890a5d-ac96-774b-bcce-b302099a8057", "ab" * 32

    theirs = office.execute(
        "SELECT encode(core.link(core.genesis('all'), 'p', %s, decode(%s, 'hex')), 'hex')", (id, hash_)
    )

    assert theirs.fetchone() == (link(genesis("all"), "p", id, hash_),)


def test_no_password_and_no_login_appear_in_what_a_line_says_of_itself(centre):
    line = Line(address_of(centre, "TM-01"), centre.password("TM-01"))

    assert centre.password("TM-01") not in repr(line)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(host="127.0.0.1", port=centre.server.port, dbname="x", sslmode="disable", connect_timeout=5)
    line.close()
