"""What every room's tests may ask for: a migrated database of their own, on both engines."""

import os
import shutil
from collections.abc import AsyncIterator, Generator, Iterator
from contextlib import ExitStack
from pathlib import Path

import hypothesis
import pytest

from db.engine import Database, connect
from db.migrate import migrate
from sources.jail import Jail
from tests import postgres
from tests.jail import shared
from tests.leaks import leaks

# A busy machine is no finding: what has to be quick is measured in `bench`, or bounded in CPU time.
hypothesis.settings.register_profile("house", deadline=None, max_examples=60)
hypothesis.settings.load_profile("house")

MOST_WORKERS = 4
"""Each has a PostgreSQL server, a parse jail and a browser of its own."""

TESTS = Path(__file__).parent
LONGEST = ("browser/", "faults/", "test_trial", "db/test_archive", "sources/test_jail")
"""Files of tests that take twenty seconds and more, by `pytest --durations=50`."""

ENGINES = ("sqlite", pytest.param("postgres", marks=pytest.mark.postgres))


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Spread the whole suite over the cores; what is named runs in one process: it starts sooner.

    `-n 0` and `-n 4` overrule it.
    """
    if config.args_source is not pytest.Config.ArgsSource.TESTPATHS:
        return 0
    config.option.dist = "loadfile"  # some files share among their tests what is dear to make
    config.option.loadscopereorder = False  # it would begin with the files of most tests
    # One more than cores: who waits for a browser or for a process to end leaves his idle.
    return min((os.cpu_count() or 1) + 1, MOST_WORKERS)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest: begun last, a file of a minute keeps all other cores idle."""
    items.sort(key=lambda item: not item.path.relative_to(TESTS).as_posix().startswith(LONGEST))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a test that lets a bot's token out (see `tests.leaks`)."""
    report = yield
    found = leaks(item, report) if report.when == "call" and report.passed else []
    if found:
        report.outcome = "failed"
        report.longrepr = f"the bot's token is in {', '.join(found)}"
    return report


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An empty database with all tables; the test runs once on each engine."""
    database = connect(database_url)
    yield database
    await database.close()


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty database with all tables, on each engine."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(params=ENGINES)
def bare_url(request: pytest.FixtureRequest) -> str:
    """The address of a database without any tables, on each engine."""
    return str(request.getfixturevalue(f"bare_{request.param}_url"))


@pytest.fixture
def sqlite_url(tmp_path: Path, migrated_file: Path) -> str:
    return _sqlite(shutil.copy(migrated_file, tmp_path / "test.db"))


@pytest.fixture
def bare_sqlite_url(tmp_path: Path) -> str:
    return _sqlite(tmp_path / "bare.db")


@pytest.fixture
def postgres_url(cluster: postgres.Cluster, migrated_name: str) -> Iterator[str]:
    with cluster.emptied(migrated_name) as url:
        yield url


@pytest.fixture
def bare_postgres_url(cluster: postgres.Cluster) -> Iterator[str]:
    with cluster.fresh() as url:
        yield url


@pytest.fixture(scope="session")
def cluster() -> Iterator[postgres.Cluster]:
    """A PostgreSQL server; without its programs the test is left out, or fails by REQUIRE_ALL=1."""
    with ExitStack() as running:
        try:
            server = running.enter_context(postgres.running())
        except postgres.PostgresMissing as error:
            if os.environ.get("REQUIRE_ALL") == "1":
                pytest.fail(f"REQUIRE_ALL=1, but: {error}")
            pytest.skip(str(error))
        yield server


@pytest.fixture(scope="session")
def jail() -> Iterator[Jail]:
    """A real parse jail that all tests share; those of the jail itself open their own."""
    with shared() as open_already:
        yield open_already


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What every SQLite test starts from a copy of: migrating takes longer than copying."""
    file = tmp_path_factory.mktemp("template") / "migrated.db"
    migrate(_sqlite(file))
    return file


@pytest.fixture(scope="session")
def migrated_name(cluster: postgres.Cluster) -> str:
    """The database that all PostgreSQL tests share, one after the other."""
    cluster.execute("CREATE DATABASE migrated TEMPLATE template0")
    migrate(cluster.url("migrated"))
    return "migrated"


def _sqlite(file: Path | str) -> str:
    return f"sqlite+aiosqlite:///{file}"
