"""The way to a PostgreSQL, whose address stands in an environment variable and is never told, and the schema of our own there."""

import os
import re
import secrets
from typing import Any

import pandas as pd
import psycopg
from psycopg import sql
from psycopg.types.none import NoneDumper

from analysis.errors import ConfigurationError

_OURS = 0x776B626B  # "wkbk": who holds an advisory lock (_OURS, key) is the run whose schema ends in that key


def reach(variable: str, *, only_read: bool = False) -> psycopg.Connection:
    """Connect to the PostgreSQL whose address an environment variable holds; the address is never told.

    Raises
    ------
    ConfigurationError
    """
    address = os.environ.get(variable, "").strip()
    if not address:
        raise ConfigurationError(
            f"The environment variable {variable}, which the configuration names, is not set. Set it to the address of the database, as "
            "postgresql://USER:PASSWORD@HOST:5432/DATABASE, and run again."
        )
    try:
        said = psycopg.conninfo.conninfo_to_dict(address)
        only = {"options": f"{said.get('options') or ''} -c default_transaction_read_only=on".strip()} if only_read else {}
        told: dict[str, Any] = {"connect_timeout": 15, "application_name": "customer-segmentation-workbook"} | said | only | {"client_encoding": "utf8"}
        con = psycopg.connect(psycopg.conninfo.make_conninfo("", **told), autocommit=True)
    except psycopg.ProgrammingError:
        raise ConfigurationError(
            f"The environment variable {variable} does not hold the address of a PostgreSQL database. Write it as postgresql://USER:PASSWORD@HOST:5432/DATABASE; "
            "signs like @ : / % in the password as %40 %3A %2F %25."
        ) from None
    except psycopg.OperationalError as error:
        raise ConfigurationError(f"The database that the environment variable {variable} names cannot be used: {_why(str(error))}") from None
    con.adapters.register_dumper(type(pd.NaT), NoneDumper)
    return con


_REASONS = (  # what the server or the system says, and what a person can do; whatever else it is, the text would tell the address
    (r"password|authentication|no pg_hba|role .* does not exist|not permitted to log in", "it does not accept the user or the password. Correct them in the variable."),
    (r"database .* does not exist|permission denied for database", "there is no database of that name, or the user may not connect to it. Correct the last part of the address."),
    (r"translate host|resolve host|name or service|nodename nor|no address associated", "the host is not known. Correct it in the variable, or look whether the network (VPN) is there."),
    (r"refused|timed? ?out|unreachable|no route|no such file", "nothing answers at that host and port. Look whether it runs, and whether the network (VPN, firewall) lets you through."),
    (r"ssl|certificate", "an encrypted connection could not be made. Ask its administrator which sslmode belongs in the address."),
    (r"too many|reserved|starting up|shutting down|recovery", "it takes no further connections just now. Try again later."),
)  # fmt: skip


def _why(said: str) -> str:
    """Say why the database cannot be reached, in words of ours."""
    otherwise = "it does not let us in. Check host, port, user, password and the name of the database in the variable."
    return next((told for pattern, told in _REASONS if re.search(pattern, said, re.I)), otherwise)


def make_schema(con: psycopg.Connection, begin: str) -> str:
    """Drop what killed runs left, and make a schema for this one."""
    (encoding,) = con.execute("show server_encoding").fetchone() or ("",)
    if encoding != "UTF8":
        raise ConfigurationError(f"The database stores text as {encoding}, which cannot hold every name. Use one with the encoding UTF8, or another engine.")
    left = con.execute(
        "select nspname from pg_namespace where nspname ~ %s and pg_has_role(nspowner, 'usage')", [f"^{re.escape(begin)}_[0-9a-f]{{8}}$"]
    ).fetchall()
    for (name,) in left:
        key = _key(name)
        (gone,) = con.execute("select pg_try_advisory_lock(%s, %s)", [_OURS, key]).fetchone() or (False,)
        if gone:
            _drop(con, name)
            con.execute("select pg_advisory_unlock(%s, %s)", [_OURS, key])
    name = f"{begin}_{secrets.token_hex(4)}"
    con.execute("select pg_advisory_lock(%s, %s)", [_OURS, _key(name)])
    con.execute(sql.SQL("create schema {}").format(sql.Identifier(name)))
    (path,) = con.execute("show search_path").fetchone() or ("public",)
    con.execute(f"set search_path = {name}, {path or 'public'}".encode())  # tables without a schema are found where the user finds them
    return name


def _key(schema: str) -> int:
    """Give the number that stands for a schema among the locks: 32 bits, with a sign."""
    return int.from_bytes(bytes.fromhex(schema[-8:]), "big", signed=True)


def _drop(con: psycopg.Connection, schema: str) -> None:
    """Drop a schema of ours, table by table: all at once could take more locks than a server has."""
    for (name,) in con.execute("select tablename from pg_tables where schemaname = %s", [schema]).fetchall():
        con.execute(sql.SQL("drop table if exists {} cascade").format(sql.Identifier(schema, name)))
    con.execute(sql.SQL("drop schema if exists {} cascade").format(sql.Identifier(schema)))


def leave(con: psycopg.Connection, schema: str) -> None:
    """Drop our schema and hang up."""
    try:
        _drop(con, schema)
        con.close()
    except psycopg.Error:
        pass  # the server is gone, or the connection; the next run drops what is left


def no_place(error: psycopg.Error, variable: str) -> ConfigurationError:
    """Say why there is no place for our tables."""
    if isinstance(error, psycopg.errors.InsufficientPrivilege):
        return ConfigurationError(
            f"The user in the environment variable {variable} may not make a schema in that database. Our tables go to one of our own; ask its administrator for "
            'GRANT CREATE ON DATABASE ... TO ..., or leave the engine at "duckdb" and only read the tables from there (database = "env:'
            f'{variable}" under the input).'
        )
    if isinstance(error, psycopg.errors.ReadOnlySqlTransaction):
        return ConfigurationError(
            f"The database that the environment variable {variable} names can only be read (a standby server?), and our tables need a place. Name the main server, "
            f'or leave the engine at "duckdb" and only read the tables from there (database = "env:{variable}" under the input).'
        )
    return ConfigurationError(f"The database that the environment variable {variable} names gave no place for our tables ({type(error).__name__}).")
