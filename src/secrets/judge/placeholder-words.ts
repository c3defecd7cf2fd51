import { isTangled } from './tangled.ts';

const TEMPLATE = /[$#]\{|\$\(|\{\{|<%|%\{|%\(\w|\[REDACTED:|xxxxx|\*\*\*|\.\.\.|\u2022{3}|^\{[\w.-]{1,40}\}$/i;
const FILLER_WORD =
  /example|placeholder|change.?me|redacted|(?:^|[-_ <])(?:your|my|dummy|fake|insert|replace|sample|todo|foo|not[-_ ]?a)[-_ ]|notasecret|not[-_]real|anonymous|^(?:un|not[-_ ]?)(?:set|configured|provided|specified|defined|available|needed|used|found)$/i;

/** Whether a value stands in for a secret: a template, a mask, or words such as `your-key-here`. */
export function looksLikePlaceholder(value: string): boolean {
  return (TEMPLATE.test(value) && !isTangled(value)) || FILLER_WORD.test(value);
}
