import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import { recordsOf } from '#server/readers/test-records.ts'

import { mlflowSqliteReader } from './mlflow-sqlite-reader.ts'

/** Tables of MLflow 3.11 without what is not read. */
const newest = `
  create table experiments (experiment_id integer not null primary key, name varchar(256) not null, artifact_location varchar(256),
    lifecycle_stage varchar(32), creation_time bigint, last_update_time bigint, workspace varchar(63) default 'default' not null);
  create table experiment_tags ("key" varchar(250) not null, value varchar(5000), experiment_id integer not null, primary key ("key", experiment_id));
  create table runs (run_uuid varchar(32) not null primary key, name varchar(250), source_type varchar(20), source_name varchar(500),
    entry_point_name varchar(50), user_id varchar(256), status varchar(9), start_time bigint, end_time bigint, source_version varchar(50),
    lifecycle_stage varchar(20), artifact_uri varchar(200), experiment_id integer, deleted_time bigint);
  create table metrics ("key" varchar(250) not null, value float not null, timestamp bigint not null, run_uuid varchar(32) not null,
    step bigint default '0' not null, is_nan boolean default '0' not null, primary key ("key", timestamp, step, run_uuid, value, is_nan));
  create index index_metrics_run_uuid on metrics (run_uuid);
  create table latest_metrics ("key" varchar(250) not null, value float not null, timestamp bigint, step bigint not null,
    is_nan boolean not null, run_uuid varchar(32) not null, primary key ("key", run_uuid));
  create index index_latest_metrics_run_uuid on latest_metrics (run_uuid);
  create table params ("key" varchar(250) not null, value varchar(8000) not null, run_uuid varchar(32) not null, primary key ("key", run_uuid));
  create index index_params_run_uuid on params (run_uuid);
  create table tags ("key" varchar(250) not null, value varchar(8000), run_uuid varchar(32) not null, primary key ("key", run_uuid));
  create index index_tags_run_uuid on tags (run_uuid);
  create table datasets (dataset_uuid varchar(36) not null, experiment_id integer not null, name varchar(500) not null, digest varchar(36) not null,
    dataset_source_type varchar(36) not null, dataset_source text not null, primary key (experiment_id, name, digest));
  create table inputs (input_uuid varchar(36) not null, source_type varchar(36) not null, source_id varchar(36) not null,
    destination_type varchar(36) not null, destination_id varchar(36) not null, step bigint default '0' not null,
    primary key (source_type, source_id, destination_type, destination_id));
  create table input_tags (input_uuid varchar(36) not null, name varchar(255) not null, value varchar(500) not null, primary key (input_uuid, name));
  create table logged_models (model_id varchar(36) not null primary key, experiment_id integer not null, name varchar(500) not null,
    artifact_location varchar(1000) not null, creation_timestamp_ms bigint not null, last_updated_timestamp_ms bigint not null,
    status integer not null, lifecycle_stage varchar(32), model_type varchar(500), source_run_id varchar(32), status_message varchar(1000));
  create table logged_model_metrics (model_id varchar(36) not null, metric_name varchar(500) not null, metric_timestamp_ms bigint not null,
    metric_step bigint not null, metric_value float, experiment_id integer not null, run_id varchar(32) not null, dataset_uuid varchar(36),
    dataset_name varchar(500), dataset_digest varchar(36));
  create table logged_model_params (model_id varchar(36) not null, experiment_id integer not null, param_key varchar(255), param_value text);
  create table logged_model_tags (model_id varchar(36) not null, experiment_id integer not null, tag_key varchar(255), tag_value text);
  create table registered_models (name varchar(256) not null, creation_time bigint, last_updated_time bigint, description varchar(5000),
    workspace varchar(63) default 'default' not null, primary key (workspace, name));
  create table registered_model_tags ("key" varchar(250) not null, value varchar(5000), name varchar(256) not null, workspace varchar(63) default 'default');
  create table registered_model_aliases (alias varchar(256) not null, version integer not null, name varchar(256) not null,
    workspace varchar(63) default 'default' not null);
  create table model_versions (name varchar(256) not null, version integer not null, creation_time bigint, last_updated_time bigint,
    description varchar(5000), user_id varchar(256), current_stage varchar(20), source varchar(500), run_id varchar(32), status varchar(20),
    status_message varchar(500), run_link varchar(500), storage_location varchar(500), workspace varchar(63) default 'default' not null);
  create table model_version_tags ("key" varchar(250) not null, value text, name varchar(256) not null, version integer not null,
    workspace varchar(63) default 'default' not null);
  create table alembic_version (version_num varchar(32) not null); insert into alembic_version values ('7d34483879f0');
`

/** Tables of MLflow 0.9: no index by run, no steps, no mark of NaN, nothing of what came later. */
const oldest = `
  create table experiments (experiment_id integer not null primary key, name varchar(256) not null, artifact_location varchar(256), lifecycle_stage varchar(32));
  create table runs (run_uuid varchar(32) not null primary key, name varchar(250), source_type varchar(20), source_name varchar(500),
    entry_point_name varchar(50), user_id varchar(256), status varchar(20), start_time bigint, end_time bigint, source_version varchar(50),
    lifecycle_stage varchar(20), artifact_uri varchar(200), experiment_id integer);
  create table metrics ("key" varchar(250) not null, value float not null, timestamp bigint not null, run_uuid varchar(32) not null,
    primary key ("key", timestamp, run_uuid, value));
  create table params ("key" varchar(250) not null, value varchar(250) not null, run_uuid varchar(32) not null, primary key ("key", run_uuid));
  create table tags ("key" varchar(250) not null, value varchar(250), run_uuid varchar(32) not null, primary key ("key", run_uuid));
`

const made: string[] = []
process.once('exit', () => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true })
})

/** A database of MLflow's at a path, made by the newest or the oldest revision, with the experiment 1; the caller closes it. */
export function makeDatabase(file: string, revision: 'newest' | 'oldest' = 'newest'): DatabaseSync {
  const database = new DatabaseSync(file)
  database.exec(revision === 'newest' ? newest : oldest)
  database.exec(
    "insert into experiments (experiment_id, name, artifact_location, lifecycle_stage) values (1, 'exp-1', '/elsewhere/mlruns/1', 'active')",
  )
  return database
}

/** Puts a run into a database; `change` changes columns of its row. */
export function addRun(database: DatabaseSync, run: string, change: Record<string, string | number | null> = {}): void {
  const row = {
    run_uuid: run,
    name: 'able-ant-1',
    source_type: 'LOCAL',
    source_name: '',
    entry_point_name: '',
    user_id: 'ana',
    status: 'FINISHED',
    start_time: 1_700_000_000_000,
    end_time: 1_700_000_050_000,
    source_version: '',
    lifecycle_stage: 'active',
    artifact_uri: `file:///elsewhere/mlruns/1/${run}/artifacts`,
    experiment_id: 1,
    ...change,
  }
  const names = Object.keys(row)
  database.prepare(`insert into runs (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`).run(...Object.values(row))
}

/** Puts points of a metric into a database, as MLflow writes them. */
export function addPoints(
  database: DatabaseSync,
  run: string,
  key: string,
  points: readonly [step: number | bigint, value: number][],
  time = 1_000,
): void {
  const insert = database.prepare('insert into metrics ("key", value, timestamp, run_uuid, step, is_nan) values (?, ?, ?, ?, ?, ?)')
  for (const [at, [step, value]] of points.entries()) {
    const written = Number.isNaN(value) ? 0 : Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value))
    insert.run(key, written, time + at, run, step, Number.isNaN(value) ? 1 : 0)
  }
}

function bytesOf(make: (file: string) => DatabaseSync): Buffer {
  const folder = mkdtempSync(path.join(tmpdir(), 'readout-database-'))
  made.push(folder)
  make(path.join(folder, 'made.db')).close()
  return readFileSync(path.join(folder, 'made.db'))
}

/** Bytes of a database with these runs. */
export function writeDatabase(runs: readonly string[]): Buffer {
  return bytesOf(file => {
    const database = makeDatabase(file)
    for (const run of runs) addRun(database, run)
    return database
  })
}

/** Bytes of a database that has nothing to do with MLflow. */
export function foreignDatabase(): Buffer {
  return bytesOf(file => {
    const database = new DatabaseSync(file)
    database.exec('create table songs (title text)')
    return database
  })
}

/** All that the reader makes of a database, by type. Copies are made beside it, in `copies`. */
export function readDatabase(file: string, known: ReadonlyMap<string, string> = new Map()) {
  const copies = path.join(path.dirname(file), 'copies')
  const { issues, ...found } = recordsOf(mlflowSqliteReader, file, known, copies)
  rmSync(copies, { recursive: true, force: true })
  return { ...found, issues: issues.map(({ reason }) => reason) }
}
