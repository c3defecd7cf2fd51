// Prints the findings of a review, one a line, and exits with 0 on approval and 1 when changes are wanted.
//
//   node print-findings.mjs review.json
import { readFileSync } from 'node:fs';

const { structured } = JSON.parse(readFileSync(process.argv[2], 'utf8')).result;

// The texts are the model's: control characters are taken out, and every line begins with ours, since at a line's
// start "::error …" would be a command to some CI systems.
const line = (text) => console.log(text.replace(/\p{Cc}+/gu, ' '));
line(`review: ${structured.verdict}, ${structured.summary}`);
for (const finding of structured.findings) {
  line(`- ${finding.file}:${finding.line}: ${finding.severity}: ${finding.message}`);
}
process.exitCode = structured.verdict === 'approve' ? 0 : 1;
