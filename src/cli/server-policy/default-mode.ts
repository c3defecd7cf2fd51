import type { ClaudeOptions } from '../../claude/options/flags.ts';
import type { Settings } from '../../config/layers.ts';
import { reject } from './reject.ts';

const MODES = ['acceptEdits', 'auto', 'bypassPermissions', 'default', 'dontAsk', 'manual', 'plan'];
const BYPASS = 'bypassPermissions';

/**
 * The permission mode of queries that name none.
 * @param modes those that may be asked for
 * @throws SluiceError `usage` where it is none of them, one of them is unknown, or permissions are bypassed without
 * being among them
 */
export function defaultModeOf(claude: ClaudeOptions, modes: readonly string[], settings: Settings): string {
  const unknown = modes.find((mode) => !MODES.includes(mode));
  if (unknown !== undefined) {
    reject(settings, 'serverModes', `there is no permission mode "${unknown}"; there are ${MODES.join(', ')}`);
  }
  for (const name of ['dangerouslySkipPermissions', 'allowDangerouslySkipPermissions'] as const) {
    if (claude[name] === true && !modes.includes(BYPASS)) {
      reject(settings, name, `is not for servers, unless ${BYPASS} is among --allow-modes`);
    }
  }
  const { permissionMode, dangerouslySkipPermissions } = claude;
  const mode = String(permissionMode ?? (dangerouslySkipPermissions === true ? BYPASS : 'default'));
  if (modes.includes(mode)) return mode;
  const allowed = `--allow-modes (${modes.join(', ')})`;
  return permissionMode === undefined
    ? reject(settings, 'serverModes', `${mode} is not among them; add it, or name another by --permission-mode`)
    : reject(settings, 'permissionMode', `${mode} is not among ${allowed}; add it there`);
}
