import type { Kind } from '../case.ts';
import { spell } from '../spell.ts';
import { named, shaped, token } from './define.ts';
import { base64Of } from './encode.ts';

export const MONITORING_KINDS: readonly Kind[] = [
  named('datadog-api', 'DD_API_KEY', '{hex 32}'),
  named('datadog-app', 'DD_APP_KEY', '{hex 40}'),
  named('datadog-long-name', 'DATADOG_API_KEY', '{hex 32}'),
  shaped('datadog-header', (random) => {
    const [api, app] = [spell(random, '{hex 32}'), spell(random, '{hex 40}')];
    return [
      `curl -H "DD-API-KEY: ${api}" -H "DD-APPLICATION-KEY: ${app}" https://api.datadoghq.eu/api/v1/validate`,
      api,
      app,
    ];
  }),
  token('newrelic-user', 'NEW_RELIC_API_KEY', 'NRAK-{UPNUM 27}'),
  token('newrelic-license', 'NEW_RELIC_LICENSE_KEY', '{hex 36}NRAL'),
  token('newrelic-insert', 'NEW_RELIC_INSERT_KEY', 'NRII-{url 32}'),
  token('grafana-service-account', 'GRAFANA_TOKEN', 'glsa_{alnum 32}_{hex 8}'),
  token('grafana-cloud', 'GRAFANA_CLOUD_API_KEY', 'glc_eyJ{b64 120}='),
  named('grafana-legacy', 'GRAFANA_API_KEY', 'eyJrIjoi{b64 88}='),
  token('sentry-org', 'SENTRY_AUTH_TOKEN', 'sntrys_eyJ{b64 150}=_{b64 43}'),
  token('sentry-user', 'SENTRY_AUTH_TOKEN', 'sntryu_{hex 64}'),
  named('sentry-legacy', 'SENTRY_AUTH_TOKEN', '{hex 64}'),
  shaped('sentry-dsn', (random) => {
    const [key, secret] = [spell(random, '{hex 32}'), spell(random, '{hex 32}')];
    return [
      `SENTRY_DSN=https://${key}:${secret}@o${spell(random, '{dig 6}')}.ingest.sentry.io/${spell(random, '{dig 7}')}`,
      secret,
    ];
  }),
  named('pagerduty', 'PAGERDUTY_TOKEN', 'u+{url 18}'),
  shaped('pagerduty-header', (random) => {
    const secret = spell(random, '{alnum 20}');
    return [`curl -H "Authorization: Token token=${secret}" https://api.pagerduty.com/incidents`, secret];
  }),
  named('pagerduty-integration', 'PAGERDUTY_ROUTING_KEY', '{hex 32}'),
  named('honeycomb', 'HONEYCOMB_API_KEY', '{alnum 22}'),
  token('honeycomb-ingest', 'HONEYCOMB_API_KEY', 'hcaik_{lownum 58}'),
  token('dynatrace', 'DT_API_TOKEN', 'dt0c01.{UPNUM 24}.{UPNUM 64}'),
  shaped('splunk-hec', (random) => {
    const secret = spell(random, '{uuid}');
    return [`curl https://splunk.example.com:8088/services/collector -H "Authorization: Splunk ${secret}"`, secret];
  }),
  shaped('elastic-api-key', (random) => {
    const secret = base64Of(spell(random, '{url 20}:{url 22}'));
    return [`Authorization: ApiKey ${secret}`, secret];
  }),
  named('elastic-password', 'ELASTIC_PASSWORD', '{alnum 20}'),
  named('rollbar', 'ROLLBAR_ACCESS_TOKEN', '{hex 32}'),
  named('bugsnag', 'BUGSNAG_API_KEY', '{hex 32}'),
  named('logtail', 'LOGTAIL_SOURCE_TOKEN', '{alnum 24}'),
  named('loggly', 'LOGGLY_TOKEN', '{uuid}'),
  named('sumologic', 'SUMO_ACCESS_KEY', '{alnum 64}'),
  named('appsignal', 'APPSIGNAL_PUSH_API_KEY', '{uuid}'),
  named('opsgenie', 'OPSGENIE_API_KEY', '{uuid}'),
  shaped('opsgenie-header', (random) => {
    const secret = spell(random, '{uuid}');
    return [`Authorization: GenieKey ${secret}`, secret];
  }),
  named('uptimerobot', 'UPTIMEROBOT_API_KEY', 'u{dig 6}-{hex 24}'),
  named('checkly', 'CHECKLY_API_KEY', 'cu_{hex 32}'),
  token('axiom', 'AXIOM_TOKEN', 'xaat-{uuid}'),
  token('posthog', 'POSTHOG_PERSONAL_API_KEY', 'phx_{alnum 43}'),
  named('segment', 'SEGMENT_WRITE_KEY', '{alnum 32}'),
  token('segment-public-api', 'SEGMENT_TOKEN', 'sgp_{alnum 64}'),
  named('mixpanel', 'MIXPANEL_SECRET', '{hex 32}'),
  token('coralogix', 'CORALOGIX_PRIVATE_KEY', 'cxtp_{alnum 30}'),
  named('tinybird', 'TINYBIRD_TOKEN', 'p.eyJ{url 80}.{url 43}'),
  named('influxdb', 'INFLUX_TOKEN', '{url 86}=='),
  named('raygun', 'RAYGUN_API_KEY', '{alnum 22}'),
];
