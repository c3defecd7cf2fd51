import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { withPlainFiles } from '../../../../src/claude/start/plain-files.ts';
import { locatedRequest } from '../../../../src/request/paths.ts';
import type { RunRequest } from '../../../../src/request/run-request.ts';
import { createPrivateFolder } from '../../../../src/system/private-folder.ts';
import { namedPipe } from '../../../support/named-pipe.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const TEXT = '{"größe":1}';

function prepare(request: RunRequest, cwd: string): RunRequest {
  const folder = createPrivateFolder();
  onTestFinished(() => void folder.remove());
  return withPlainFiles(locatedRequest(request, cwd), folder);
}

/** A folder with a text in every encoding. */
function texts(): string {
  const folder = temporaryFolder({ plain: TEXT, marked: `\uFEFF${TEXT}` });
  const utf16 = Buffer.from(`\uFEFF${TEXT}`, 'utf16le');
  writeFileSync(join(folder, 'le'), utf16);
  writeFileSync(join(folder, 'be'), Buffer.from(utf16).swap16());
  return folder;
}

describe('withPlainFiles', () => {
  it.each(['systemPromptFile', 'appendSystemPromptFile', 'mcpConfig'])(
    'copies what claude would not read: %s',
    (name) => {
      const folder = texts();
      for (const file of ['marked', 'le', 'be']) {
        const path = [Reflect.get(prepare({ [name]: file }, folder), name)].flat().map(String).join();
        expect(path).not.toBe(join(folder, file));
        expect(readFileSync(path, 'utf8')).toBe(TEXT);
      }
      for (const file of ['plain', 'gone', '.', namedPipe(folder)])
        expect([Reflect.get(prepare({ [name]: file }, folder), name)].flat()).toEqual([resolve(folder, file)]);
    },
  );

  it('copies some of several configurations, and no JSON', () => {
    const mcpConfig = ['plain', TEXT, { mcpServers: {} }, 'le'];
    const folder = texts();
    const prepared = prepare({ mcpConfig }, folder).mcpConfig;
    expect(prepared).toEqual([join(folder, 'plain'), ...mcpConfig.slice(1, 3), expect.stringMatching(/text-1$/)]);
  });

  it('leaves settings where they are, and refuses those that claude would not read', () => {
    const folder = texts();
    for (const settings of ['plain', 'marked', 'le', 'gone'])
      expect(prepare({ settings }, folder)).toEqual({ settings: join(folder, settings) });
    expect(prepare({ settings: TEXT }, folder)).toEqual({ settings: TEXT });
    expect(() => prepare({ settings: 'be' }, folder)).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.stringMatching(/^settings: .*be is in UTF-16BE/) }),
    );
  });
});
