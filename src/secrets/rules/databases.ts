import { ALNUM, ANY_HEX, BASE64, BASE64URL, DIGITS, DOTTED, ENCODED, HEX, LOWER_ALNUM } from '../scan/alphabets.ts';
import { mixed, oneOf, parts, run, unlikeConstants } from './body.ts';
import { begins, follows, near, type Rule } from './rule.ts';

// prettier-ignore
export const DATABASE_RULES: readonly Rule[] = [
  begins('planetscale-token', ['pscale_tkn_', 'pscale_oauth_'], run(DOTTED, 32, 64)),
  begins('planetscale-password', ['pscale_pw_'], run(DOTTED, 32, 64)),
  begins('supabase-token', ['sbp_', 'sbp_v0_', 'sbp_oauth_'], run(HEX, 40)),
  begins('supabase-secret-key', ['sb_secret_'], run(BASE64URL, 31, 40)),
  begins('neon-key', ['napi_'], run(LOWER_ALNUM, 60, 70)),
  begins('mongodb-atlas-secret', ['mdb_sa_sk_'], run(BASE64URL, 40)),
  begins('cockroachdb-key', ['CCDB1_'], parts(run(ALNUM, 22), '_', run(ALNUM, 40))),
  begins('aiven-password', ['AVNS_'], unlikeConstants(run(BASE64URL, 9, 24))),
  begins('xata-key', ['xau_'], run(ALNUM, 33, 44)),
  begins('databricks-token', ['dapi'], oneOf(parts(run(HEX, 32), '-', run(DIGITS, 1)), run(HEX, 32))),
  begins('databricks-secret', ['dose', 'dkea'], run(HEX, 32)),
  begins('astra-token', ['AstraCS:'], parts(run(ALNUM, 24), ':', run(HEX, 64))),
  begins('confluent-secret', ['cflt'], run(BASE64, 60)),
  begins('elastic-key', ['essu_'], run(ENCODED, 40, 200)),
  follows('elastic-key', ['ApiKey '], run(BASE64, 40, 120)),
  begins('tinybird-token', ['p.eyJ1Ijo'], parts(run(BASE64URL, 20, 400), '.', run(BASE64URL, 20, 100))),
  begins('fauna-key', ['fnAD', 'fnAE', 'fnAF', 'fnAG'], run(BASE64URL, 36)),
  begins('dbt-token', ['dbtc_', 'dbtu_'], run(BASE64URL, 40, 80)),
  begins('kaggle-token', ['KGAT_'], run(HEX, 32)),
  follows('convex-deploy-key', ['|eyJ2MiI6'], run(BASE64, 30, 500)),
  begins('clickhouse-key', ['4b1d'], mixed(run(ALNUM, 38))),
  near('influxdb-token', ['influx'], parts(run(BASE64URL, 86), '==')),
  near('algolia-key', ['algolia'], run(HEX, 32)),
  near('confluent-secret', ['ccloud'], run(BASE64, 64)),
  near('keen-key', ['keen.io'], run(ANY_HEX, 64)),
  near('qubole-token', ['qubole', 'mesibo'], run(ALNUM, 64)),
  begins('neon-password', ['npg_'], run(ALNUM, 12, 24)),
  begins('password-hash', ['"md5'], run(HEX, 32)),
];
