"""The report of an asset: who contributed, each device once."""

from __future__ import annotations

from pathlib import Path

from building import TODAY
from company import Company, account, send, share, take

from brm_desktop.domain import edits
from brm_desktop.domain.asset_report import AssetReport
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Choice
from brm_desktop.domain.rules import Rules
from brm_desktop.session import syncing
from brm_desktop.session.asset_reporting import report_of
from brm_desktop.session.backups import BackupKind, restore
from brm_desktop.session.enrolling import site_of
from brm_desktop.session.session import Session
from brm_desktop.storage.folder.port import FolderPort
from brm_desktop.storage.local_store import LocalStore


def reported(company: Company) -> AssetReport:
    store = LocalStore(company.folder / "asset.brm")
    port = FolderPort(company.home, store, company.millis)
    try:
        return report_of(port, TODAY, Rules(), lambda _done, _of: None)
    finally:
        port.close()


def test_a_device_that_goes_on_from_a_backup_is_named_once(tmp_path: Path) -> None:
    company = Company(tmp_path)
    with company.rep("Wang Min") as wang:
        acme = account(wang)
        share(wang, acme, structure=Choice.TEAM)
        send(wang)
        company.merge()
        take(wang)
        backup = wang.back_up(BackupKind.BY_HAND)
    (before,) = reported(company).contributors
    restore(wang.path, backup, clock=wang._clock)
    with company.rep("Li Lei"), Session.open(wang.path, clock=wang._clock) as again:
        syncing.renew(again)
        company.merge()
        take(again)
        again.open_account(acme)
        again.edit(phrase("Add"), edits.add_person, account=acme, name="Chief")
        send(again)
        company.merge()
        site = site_of(again)
    li, device = reported(company).contributors
    assert (li.rep, li.records) == ("Li Lei", 0)
    assert (device.rep, device.site) == ("Wang Min", site)
    assert (device.records, device.bundles) == (before.records + 1, before.bundles + 1)
    assert not device.revoked
