import { flaw } from './flaw.ts';
import { within } from './keywords.ts';

/** What `$schema` may name: the drafts that can be told in draft-07, and OpenAPI's, which is 2020-12 with notes. */
const DIALECTS =
  /^https?:\/\/(?:json-schema\.org\/(?:schema|draft-0[467]\/schema|draft\/(?:2019-09|2020-12)\/schema)|spec\.openapis\.org\/oas\/3\.\d+\/dialect\/[\w-]+)#?$/;

/**
 * Looks at what a schema says it is written in.
 * @throws SluiceError `usage` for a dialect whose keywords may mean anything
 */
export function checkDialect(dialect: unknown, place: string): void {
  if (typeof dialect !== 'string' || dialect === '' || DIALECTS.test(dialect)) return;
  throw flaw(
    within(place, '$schema'),
    `"${dialect}" is no draft of JSON Schema from 04 to 2020-12; leave it out if the schema is plain`,
  );
}
