/**
 * Layout of `readout.db`, one entry a version, never changed once released. Values of metrics are `any`, since a `real`
 * column would store −0.0 as 0; NaN cannot be stored and stands as null beside a row that exists.
 */
export const migrations: readonly string[] = [
  `
  create table source (
    no integer primary key, id text not null unique, identity text not null unique, format text not null, path text not null,
    name text not null, marks text not null, state text not null, runs integer not null default 0, points integer not null default 0,
    issues integer not null default 0, read_ms real
  ) strict;
  create unique index source_path on source (path);

  create table issue (source integer not null, path text not null, line integer, reason text not null) strict;
  create index issue_source on issue (source);

  create table project (
    no integer primary key, id text not null unique, source integer not null, foreign_id text not null, name text not null,
    path text not null, description text not null, tags text not null, deleted integer not null,
    primary_metric text, greater_is_better integer not null default 1
  ) strict;
  create unique index project_foreign on project (source, foreign_id);

  create table run (
    no integer primary key, id text not null unique, project integer not null, foreign_id text not null, name text not null,
    status text not null, kind text not null, user text not null, host text not null, git_commit text not null, command text not null,
    parent text not null, started real, ended real, deleted_at real, conflict integer not null default 0,
    missing integer not null default 0, points integer not null, digest text not null, detail text not null
  ) strict;
  create index run_project on run (project, no);
  create index run_foreign on run (foreign_id);
  create index run_parent on run (parent) where parent <> '';

  create table place (
    source integer not null, foreign_id text not null, run integer not null, path text not null, artifacts text,
    fingerprint text not null, missing integer not null default 0, primary key (source, foreign_id)
  ) strict, without rowid;
  create index place_run on place (run);

  create table key (no integer primary key, kind text not null, name text not null) strict;
  create unique index key_name on key (kind, name);

  create table project_key (
    project integer not null, key integer not null, runs integer not null, numbers integer not null,
    sample text, varies integer not null, primary key (project, key)
  ) strict, without rowid;

  create table run_keys (run integer primary key, metrics blob not null, texts blob not null) strict;

  create table metric (
    project integer not null, key integer not null, run integer not null, count integer not null, nan integer not null,
    positive_infinity integer not null, negative_infinity integer not null, first any, first_step integer not null,
    last any, last_step integer not null, last_time any, min any, min_step integer not null, max any, max_step integer not null,
    sum any, sum_of_squares any, sorted integer not null, primary key (project, key, run)
  ) strict, without rowid;

  create table fact (
    project integer not null, key integer not null, run integer not null, text text not null, primary key (project, key, run)
  ) strict, without rowid;

  create table page (run integer not null, no integer not null, bytes blob not null) strict;
  create unique index page_run on page (run, no);
  create table chunk (run integer not null, key integer not null, no integer not null, bytes blob not null) strict;
  create unique index chunk_run on chunk (run, key, no);

  create table model (
    source integer not null, foreign_id text not null, project text not null, name text not null, path text not null,
    artifacts text, status text not null, type text not null, run text not null, created real, params text not null,
    tags text not null, primary key (source, foreign_id)
  ) strict, without rowid;
  create index model_run on model (run);
  create table registered_model (
    source integer not null, name text not null, description text not null, created real, tags text not null,
    aliases text not null, versions text not null, primary key (source, name)
  ) strict, without rowid;
  `,
  // Points that came live wait in `log` until they are folded into pages and chunks. `through` of a page, and of the last chunk of a
  // series, is the sequence up to which they hold what was logged: rows of the log up to there are passed over, and go later. A
  // sequence is never given twice. Rows of `metric` that are older than `first_time` have null there.
  `
  create table log (
    sequence integer primary key autoincrement, run integer not null, at integer not null, points integer not null, bytes blob not null
  ) strict;
  create index log_run on log (run, sequence);

  create table request (
    run integer not null, hash text not null, sequence integer not null, at integer not null, primary key (run, hash)
  ) strict, without rowid;
  create index request_at on request (at);

  alter table page add column through integer not null default 0;
  alter table chunk add column through integer not null default 0;
  alter table metric add column first_time any;
  `,
  // Chunked series thinned to buckets of 64 and 4,096 points. Derived: a row that is missing is made from the chunks as it is read.
  `
  create table pyramid (run integer not null, key integer not null, level integer not null, no integer not null, bytes blob not null) strict;
  create unique index pyramid_row on pyramid (run, key, level, no);

  alter table metric add column float32 integer not null default 0;
  `,
  // Where images, histograms and texts lie in the files of a run, in rows of some hundred values of one tag.
  `
  create table media (run integer not null, kind text not null, tag text not null, no integer not null, bytes blob not null) strict;
  create unique index media_row on media (run, kind, tag, no);
  `,
]
