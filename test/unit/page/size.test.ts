import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type BuildOptions } from 'esbuild';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

describe('the scripts of the page', () => {
  it('have 60 KB at most, compressed', async () => {
    const { PAGE }: { readonly PAGE: BuildOptions } = await import(`${ROOT}esbuild.options.js`);
    const { outputFiles } = await build({ ...PAGE, absWorkingDir: ROOT, write: false });
    const scripts = outputFiles.filter(({ path }) => path.endsWith('.js'));
    expect(scripts).toHaveLength(2);
    for (const { contents } of scripts) expect(gzipSync(contents).length).toBeLessThan(60_000);
  });
});
