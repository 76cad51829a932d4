"""The throw-away PostgreSQL of the demonstration and the tests: found, started, and gone afterwards."""

from __future__ import annotations

import os

import pytest

from qaf_desktop.centre.embedded import EmbeddedServer
from qaf_desktop.centre.server_programs import NoServerFound, find_server_bin


def test_a_named_folder_without_a_server_is_told_not_passed_over(monkeypatch, tmp_path):
    monkeypatch.setenv("QAF_TEST_PG_BIN", str(tmp_path))

    with pytest.raises(NoServerFound):
        find_server_bin()


def test_no_server_at_all_is_a_problem_with_a_next_step(monkeypatch):
    monkeypatch.delenv("QAF_TEST_PG_BIN", raising=False)
    monkeypatch.setattr("qaf_desktop.centre.server_programs._is_complete", lambda folder: False)

    with pytest.raises(NoServerFound, match="Install"):
        find_server_bin()


def test_an_embedded_server_is_gone_after_use_with_its_files():
    with EmbeddedServer() as server:
        pid, files = server.pid, server.ca_file.parent

    assert not files.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_the_servers_files_may_lie_in_a_folder_of_ones_choice(tmp_path):
    with EmbeddedServer(tmp_path) as server, server.office() as office:
        assert office.execute("SHOW listen_addresses").fetchone() == ("127.0.0.1",)
        assert office.execute("SHOW fsync").fetchone() == ("off",)
