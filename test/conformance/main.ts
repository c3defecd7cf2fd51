/**
 * Usage: npm run conformance
 * Runs the Model Context Protocol's own tests of servers, for both revisions: on everything that they can test, served by
 * our transport, and on `sluice mcp` alone. Exits with 1 where something fails that is not listed in expected-failures/,
 * or passes though it is.
 */
import process from 'node:process';
import { serveFixtures, serveSluice } from './subjects.ts';
import { REVISIONS, runSuite } from './suite.ts';

const SUBJECTS = { fixtures: serveFixtures, sluice: serveSluice } as const;

for (const [name, serve] of Object.entries(SUBJECTS)) {
  const subject = await serve();
  try {
    for (const revision of REVISIONS) {
      const { passed, required, othersPassed, others, surprises } = await runSuite(subject.url, revision, name);
      console.log(
        `${name}, ${revision}: ${passed} of ${required} required scenarios pass, ${othersPassed} of ${others} others`,
      );
      for (const surprise of surprises) console.log(`  unexpectedly ${surprise}`);
      if (surprises.length > 0) process.exitCode = 1;
    }
  } finally {
    await subject.close();
  }
}
