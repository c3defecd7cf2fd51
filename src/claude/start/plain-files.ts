import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { SluiceError } from '../../errors.ts';
import { isJsonPath, type Json } from '../../request/kinds/json.ts';
import type { RunRequest } from '../../request/run-request.ts';
import { decodeText } from '../../system/decode-text.ts';
import type { PrivateFolder } from '../../system/private-folder.ts';
import { encodingOf, type TextEncoding } from '../../system/text-encoding.ts';

/**
 * Options whose files claude can read: in place of one in UTF-16, or with a byte order mark, it is given a copy. As they
 * are, 2.1.197 and 2.1.332 refuse such a `--mcp-config`, and send such a system prompt to the model as it stands there.
 * @throws SluiceError `usage` for settings in UTF-16BE: claude does not read them, and paths in them count from their own
 * folder, so that no copy would mean the same
 */
export function withPlainFiles(request: RunRequest, folder: PrivateFolder): RunRequest {
  const { mcpConfig, systemPromptFile, appendSystemPromptFile, settings } = request;
  let copies = 0;

  function plain(path: string): string {
    return markOf(path).mark === 0 ? path : folder.write(`text-${++copies}`, decodeText(readFileSync(path)).text);
  }

  const plainJson = (value: Json): Json => (isJsonPath(value) ? plain(value) : value);
  refuseUnreadable(settings);
  return {
    ...request,
    ...(mcpConfig === undefined ? {} : { mcpConfig: [mcpConfig].flat().map(plainJson) }),
    ...(systemPromptFile === undefined ? {} : { systemPromptFile: plain(systemPromptFile) }),
    ...(appendSystemPromptFile === undefined ? {} : { appendSystemPromptFile: plain(appendSystemPromptFile) }),
  };
}

function refuseUnreadable(settings: Json | undefined): void {
  if (settings === undefined || !isJsonPath(settings) || markOf(settings).name !== 'utf-16be') return;
  throw new SluiceError(
    'usage',
    (name) => `${name('settings')}: ${settings} is in UTF-16BE, which claude does not read; save it as UTF-8`,
  );
}

const UNMARKED: TextEncoding = { name: 'utf-8', mark: 0 };

/** How a file begins. Of a pipe nothing is taken, and what is wrong with a file is for claude to say. */
function markOf(path: string): TextEncoding {
  try {
    return statSync(path).isFile() ? encodingOf(headOf(path)) : UNMARKED;
  } catch {
    return UNMARKED;
  }
}

function headOf(path: string): Buffer {
  const head = Buffer.alloc(4);
  const descriptor = openSync(path, 'r');
  try {
    return head.subarray(0, readSync(descriptor, head));
  } finally {
    closeSync(descriptor);
  }
}
