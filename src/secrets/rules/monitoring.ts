import { ALNUM, BASE64, BASE64URL, HEX, LOWER_ALNUM, TOKEN68, UPPER_ALNUM, WORD } from '../scan/alphabets.ts';
import { UUID, mixed, oneOf, parts, run, without } from './body.ts';
import { around, begins, follows, near, type Rule } from './rule.ts';

// prettier-ignore
export const MONITORING_RULES: readonly Rule[] = [
  begins('grafana-token', ['glsa_'], run(WORD, 40, 48)),
  begins('grafana-token', ['glc_'], run(BASE64, 32, 400)),
  // Followed by `t`, it is a report of Power BI's that anybody may see.
  begins('grafana-token', ['eyJrIjoi'], without('IiwidCI', run(BASE64, 40, 400))),
  begins('axiom-token', ['xaat-', 'xapt-', 'xait-'], UUID),
  begins('dynatrace-token', ['dt0c01.', 'dt0s01.', 'dt0s02.', 'dt0s03.', 'dt0s04.', 'dt0s06.', 'dt0s08.', 'dt0s09.', 'dt0s11.', 'dt0s16.', 'dt0e01.', 'dt0g02.'], parts(run(UPPER_ALNUM, 24), '.', run(UPPER_ALNUM, 64))),
  begins('honeycomb-key', ['hcaik_', 'hcbik_', 'hcxik_', 'hcamk_', 'hcbmk_', 'hcxmk_', 'hcalk_', 'hcblk_', 'hcxlk_'], run(LOWER_ALNUM, 32, 64)),
  begins('newrelic-key', ['NRAK-'], run(UPPER_ALNUM, 27)),
  begins('newrelic-key', ['NRAA-'], run(HEX, 27)),
  begins('newrelic-key', ['NRII-', 'NRIQ-'], run(BASE64URL, 32)),
  around('newrelic-license-key', 'NRAL', { alphabet: LOWER_ALNUM, min: 36, max: 36 }, run(ALNUM, 0)),
  begins('sentry-token', ['sntrys_'], parts(run(BASE64, 40, 800), '_', run(BASE64, 43))),
  begins('sentry-token', ['sntryu_', 'sntrya_'], run(HEX, 64)),
  begins('posthog-key', ['phx_', 'phs_', 'pha_', 'phr_'], run(BASE64URL, 40, 56)),
  begins('logfire-token', ['pylf_v1_', 'pylf_v2_'], run(WORD, 40, 80)),
  begins('coralogix-key', ['cxtp_', 'cxup_'], run(ALNUM, 30)),
  begins('honeybadger-key', ['hbp_', 'hbu_'], run(ALNUM, 34, 40)),
  begins('rootly-key', ['rootly_'], run(HEX, 64)),
  begins('pagerduty-token', ['pdus+', 'pdeu+'], run(BASE64URL, 24, 100)),
  begins('logicmonitor-token', ['lmb_', 'lma_'], run(BASE64URL, 40, 120)),
  follows('splunk-hec-token', ['Splunk '], UUID),
  follows('loggly-token', ['loggly.com/inputs/', 'loggly.com/bulk/'], UUID),
  follows('healthchecks-ping-url', ['hc-ping.com/'], UUID),
  follows('cronitor-ping-url', ['cronitor.link/p/', 'cronitor.link/ping/'], run(ALNUM, 16, 40)),
  near('datadog-key', ['datadog', 'x-datadog'], oneOf(run(HEX, 40), run(HEX, 32))),
  near('newrelic-key', ['newrelic', 'new_relic'], oneOf(parts('NRAK-', run(UPPER_ALNUM, 27)), run(ALNUM, 40), run(HEX, 64))),
  near('honeycomb-key', ['honeycomb', 'x-honeycomb-team'], oneOf(run(HEX, 32), mixed(run(ALNUM, 22)))),
  near('sentry-token', ['sentry'], run(HEX, 64)),
  near('sumologic-key', ['sumologic', 'sumo_logic'], run(ALNUM, 64)),
  near('splunk-token', ['splunk'], UUID),
  near('pagerduty-key', ['pagerduty'], oneOf(parts('u+', run(TOKEN68, 18)), run(HEX, 32), mixed(run(ALNUM, 20)))),
  near('opsgenie-key', ['opsgenie', 'geniekey'], UUID),
  near('statuspage-key', ['statuspage'], oneOf(run(HEX, 64), UUID)),
  near('betterstack-token', ['betterstack', 'better_stack', 'better_uptime', 'logtail'], mixed(run(ALNUM, 24))),
  near('monitoring-api-key', ['statuscake'], run(ALNUM, 20, 32)),
  near('monitoring-api-key', ['airbrake', 'bugsnag', 'logdna', 'mezmo', 'raygun', 'honeybadger', 'appsignal', 'sematext', 'loggly', 'papertrail', 'pingdom', 'site24x7', 'signalfx'], oneOf(UUID, run(HEX, 40), run(HEX, 32), mixed(run(ALNUM, 22)))),
  near('logzio-token', ['logzio', 'logz_io', 'logz.io'], run(ALNUM, 32)),
];
