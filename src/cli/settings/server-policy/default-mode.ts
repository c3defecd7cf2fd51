import type { ClaudeOptions } from '../../../request/run-options.ts';
import type { PermissionMode } from '../../../request/run-options/permissions.ts';
import type { Settings } from '../../../config/layers.ts';
import { reject } from './reject.ts';

const BYPASS = 'bypassPermissions';

/**
 * The permission mode of queries that name none.
 * @param modes those that may be asked for
 * @throws SluiceError `usage` where it is none of them, or permissions are bypassed without being among them
 */
export function defaultModeOf(
  claude: ClaudeOptions,
  modes: readonly PermissionMode[],
  settings: Settings,
): PermissionMode {
  for (const name of ['dangerouslySkipPermissions', 'allowDangerouslySkipPermissions'] as const) {
    if (claude[name] === true && !modes.includes(BYPASS)) {
      reject(settings, name, `is not for servers, unless ${BYPASS} is among --allow-modes`);
    }
  }
  const { permissionMode, dangerouslySkipPermissions } = claude;
  const mode = permissionMode ?? (dangerouslySkipPermissions === true ? BYPASS : 'default');
  if (modes.includes(mode)) return mode;
  const allowed = `--allow-modes (${modes.join(', ')})`;
  return permissionMode === undefined
    ? reject(settings, 'serverModes', `${mode} is not among them; add it, or name another by --permission-mode`)
    : reject(settings, 'permissionMode', `${mode} is not among ${allowed}; add it there`);
}
