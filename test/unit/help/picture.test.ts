import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { pictureOf } from './picture.ts';

const pathOf = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

// After a change: npx vitest run --project unit test/unit/help -u
it("shows the recording of the demo in the README's picture", async () => {
  const recording = pathOf('examples/logs/deploy.recording.ndjson');
  const picture = await pictureOf(recording, 'sluice "why did the deploy fail?" < deploy.log');
  await expect(picture).toMatchFileSnapshot(pathOf('src/help/demo.svg'));
});
