import { neutralise } from '../safe-text.ts';
import type { Ending } from '../sink.ts';
import { type Placed, placedFindings, whyNoFindings } from './placed-findings.ts';
import { shorten } from '../../shorten.ts';

/**
 * Findings as a report of JUnit, whose format all CI systems read: a test for the run itself, and one for each finding. Errors and
 * warnings are failures, a notice has passed. A run that failed is an error.
 * @param workspace the folder that paths of findings count from
 */
export function junitOf(ending: Ending, workspace: string): string {
  const { report } = ending;
  const findings = placedFindings(report, workspace)?.findings ?? [];
  const seconds = (report.executionTime / 1000).toFixed(3);
  const why = whyNoFindings(ending);
  const failures = findings.filter(({ level }) => level !== 'notice').length;
  const counts = { tests: findings.length + 1, failures, errors: why === null ? 0 : 1, time: seconds };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    opening('testsuites', { name: 'sluice', ...counts }),
    opening('testsuite', { name: 'sluice', ...counts, timestamp: report.startedAt.replace(/\.\d+Z$/, '') }),
    opening('testcase', { classname: 'sluice', name: 'run', time: seconds }),
    why === null ? '' : element('error', { type: ending.class, message: why }),
    '</testcase>\n',
    ...findings.map(testcase),
    '</testsuite>\n</testsuites>\n',
  ].join('');
}

function testcase({ level, message, title, rule, file, region }: Placed): string {
  const place = file === null ? '' : `${file}${region === undefined ? '' : `:${region.line}`}`;
  const name = [place, title ?? rule ?? message].filter((part) => part !== '').join(' ');
  const told =
    level === 'notice'
      ? element('system-out', {}, message)
      : element('failure', { type: level, message }, [place, message].filter((part) => part !== '').join('\n'));
  const where = { ...(file === null ? {} : { file }), ...(region === undefined ? {} : { line: region.line }) };
  return `${opening('testcase', { classname: rule ?? 'finding', name: shorten(name, MOST_OF_A_NAME), time: '0', ...where })}${told}</testcase>\n`;
}

type Attributes = Readonly<Record<string, string | number>>;

function opening(name: string, attributes: Attributes): string {
  const told = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`);
  return `<${name}${told.join('')}>`;
}

function element(name: string, attributes: Attributes, text = ''): string {
  return `${opening(name, attributes)}${escapeXml(text)}</${name}>`;
}

const MOST_OF_A_NAME = 200;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\t': '&#9;',
};

/** XML takes no control characters, no half of a surrogate pair, and not U+FFFE and U+FFFF, not even escaped. */
function escapeXml(text: string): string {
  return Buffer.from(neutralise(text))
    .toString()
    .replaceAll(/[\uFFFE\uFFFF]/g, '\uFFFD')
    .replaceAll(/[&<>"\n\t]/g, (character) => ENTITIES[character] ?? character);
}
