import { ALNUM, ANY_HEX, BASE64, BASE64URL, DIGITS, DOTTED, HEX, LOWER_ALNUM } from '../scan/alphabets.ts';
import { mixed, oneOf, parts, run } from './body.ts';
import { begins, follows, near, type Rule } from './rule.ts';

// prettier-ignore
export const DATABASE_RULES: readonly Rule[] = [
  begins('planetscale-token', ['pscale_tkn_', 'pscale_oauth_'], run(DOTTED, 32, 64), 'vh7fCKW3bqhd7jX0FJ6JCmAZki5mNa1y', 'pscale_tkn_'),
  begins('planetscale-password', ['pscale_pw_'], run(DOTTED, 32, 64), 'u7yyfKnXjLKdXZEBMdeVt4nJ8BHD7mSS', 'pscale_pw_'),
  begins('supabase-token', ['sbp_', 'sbp_v0_', 'sbp_oauth_'], run(HEX, 40), '8bdeea26992dbb0ed1f6d07d970ac5e6541184b6', 'sbp_token'),
  begins('supabase-secret-key', ['sb_secret_'], run(BASE64URL, 31, 40), 'wRSF2j6LUHTYDrGuMYugn1Tt7ypS9sh', 'sb_secret_key'),
  begins('neon-key', ['napi_'], run(LOWER_ALNUM, 60, 70), 'b63ok7tsyi6xez4tijyohl4h09cuuixcnj7xifkop3m3d04ic8lh3wn0hm3s', 'napi_create_external_arraybuffer'),
  begins('mongodb-atlas-secret', ['mdb_sa_sk_'], run(BASE64URL, 40), 'iUyJngPzRPtHF0mB1nbzeahWYMsrqIdXWC4bPuIa', 'mdb_sa_sk_<secret>'),
  begins('cockroachdb-key', ['CCDB1_'], parts(run(ALNUM, 22), '_', run(ALNUM, 40)), 'tSFA6IsU1DojNKvNmuTtQs_OErOuePlVWBpEq90GanI8yOsXQq7k8eRWten5itz', 'CCDB1_<key>'),
  begins('aiven-password', ['AVNS_'], run(BASE64URL, 19), 'yTLumcB3CwUWpX1Tn6y', 'AVNS_<password>'),
  begins('xata-key', ['xau_'], run(ALNUM, 33, 44), 'S7QHJlCiINUCUZILyvOW9YRsr2lwFBoGs', 'xau_key'),
  begins('databricks-token', ['dapi'], oneOf(parts(run(HEX, 32), '-', run(DIGITS, 1)), run(HEX, 32)), 'c14b8a2a80581637b9559ac820e3bcd8-3', 'dapi0123456789'),
  begins('databricks-secret', ['dose', 'dkea'], run(HEX, 32), '5b076f048d7967a22f708fb58ce49eb2', 'dose of paracetamol'),
  begins('astra-token', ['AstraCS:'], parts(run(ALNUM, 24), ':', run(HEX, 64)), 'KAva4Vx7DYz4NWkSSgumvP8w:99749b68a2687ed9e03315c8d96e542709c85c8f0cf79cebf26a2dfed9d0baf9', 'AstraCS:<client id>:<secret>'),
  begins('confluent-secret', ['cflt'], run(BASE64, 60), 'Nh378UTl1zSGDs87PuMvrB4/PdaQAa34CBymLNt+2EZ6tGPGiZDLOXF//pS9', 'cflt'),
  begins('elastic-key', ['essu_'], run(BASE64, 40, 120), 'G2YML+WucEWFHEM58w0rHijvg6A9XNfJCawa2mN8', 'essu_key'),
  follows('elastic-key', ['ApiKey '], run(BASE64, 40, 120), '24Uw8ZIKVeOVWQkEOUVTQnw8kEysL48g/SVdgL8N', 'Authorization: ApiKey <base64 of id:key>'),
  begins('tinybird-token', ['p.eyJ1Ijo'], parts(run(BASE64URL, 20, 400), '.', run(BASE64URL, 20, 100)), '2CurXbOlxN-8UgW4Kmqd.jv1N8sQ41RQXlBmbt8op', 'p.eyJ1Ijo is base64 of {"u":'),
  begins('fauna-key', ['fnAD', 'fnAE', 'fnAF', 'fnAG'], run(BASE64URL, 36), 'nYHdc0AGsF1GenxBGT3SiYu-j5opCBeAIgeq', 'fnAE and fnAF are functions'),
  begins('dbt-token', ['dbtc_', 'dbtu_'], run(BASE64URL, 40, 80), '9nuJ2wKJ3sR5166-qb3ZvYim1WHk7vcDTMuZgUhy', 'dbtc_token'),
  begins('kaggle-token', ['KGAT_'], run(HEX, 32), '73a33b39c3631f45dee14548f1fb8137', 'KGAT_<token>'),
  follows('convex-deploy-key', ['|eyJ2MiI6'], run(BASE64, 30, 500), 'Mefce6zW8RPiPZoFX8JZ6YdkQYQLpB', 'prod:happy-otter-123|<key>'),
  begins('clickhouse-key', ['4b1d'], mixed(run(ALNUM, 38)), 'cMaKHetgQEG9UeXaJ6hufUYDXb2qPTTFBubZDp', '4b1dd00d4b1dd00d4b1dd00d4b1dd00d4b1dd00d4b1dd00d4b1dd00d4b1dd00d'),
  near('influxdb-token', ['influx'], parts(run(BASE64URL, 86), '=='), 'tbudd74pVffpopu0gIe_nQNIqdKm9OsDbvaWy5aSaQLeVbqQZIgScBrXEC6gYCNtI3JUhEXYEU77Dzwh1KgMtt==', 'influxdb: "http://localhost:8086/api/v2"'),
  near('algolia-key', ['algolia'], run(HEX, 32), '9905467d02a274697c6d7af648fca039', 'algolia: "index-of-the-documentation-v2"'),
  near('confluent-secret', ['ccloud'], run(BASE64, 64), 'hdipIkJz1IgO/im6d42Uw802rnwo/Rb7ZwUoerH5ba1Uokpx40suCEseJylcyfcA', 'confluent: "pkc-4nym6.us-east-1.aws.confluent.cloud:9092"'),
  near('keen-key', ['keen.io'], run(ANY_HEX, 64), '7c2336F191E70A541e1BFf1009B1eeB15Db2fdaC5bcAED0b9AD5a434dD8D1D2f', 'keenio: "project-1"'),
  near('qubole-token', ['qubole', 'mesibo'], run(ALNUM, 64), 'x1RBzDiUZjOyFnZQ8G4ZOepzDHEsBDqdEwYLug7st69zUVtY7q6l1HkL4aFk9pLu', 'qubole: "api.qubole.com/api/v1.2"'),
  begins('neon-password', ['npg_'], run(ALNUM, 12, 24), 'iwfMBkgyqR83WLmV', 'npg_catalog'),
  begins('password-hash', ['"md5'], run(HEX, 32), '02e8d28a79023c39c200661fccd268a2', '"md5sum" of the file'),
];
