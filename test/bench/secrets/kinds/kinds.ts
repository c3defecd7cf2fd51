import type { Kind } from '../case.ts';
import { AI_VENDOR_KINDS } from './ai-vendors.ts';
import { CHAT_KINDS } from './chat.ts';
import { CLOUD_SHAPE_KINDS } from './cloud-shapes.ts';
import { CLOUD_KINDS } from './clouds.ts';
import { CODE_HOST_KINDS } from './code-hosts.ts';
import { COMMAND_LINE_KINDS } from './command-lines.ts';
import { CONFIG_FILE_KINDS } from './config-files.ts';
import { CONTINUOUS_INTEGRATION_KINDS } from './continuous-integration.ts';
import { DATABASE_KINDS } from './databases.ts';
import { HEADER_KINDS } from './headers.ts';
import { KEY_KINDS } from './keys.ts';
import { MAIL_KINDS } from './mail.ts';
import { MONITORING_KINDS } from './monitoring.ts';
import { PAYMENT_KINDS } from './payments.ts';
import { PROSE_KINDS } from './prose.ts';
import { REGISTRY_KINDS } from './registries.ts';
import { SECRET_MANAGER_KINDS } from './secret-managers.ts';
import { SERVICE_KINDS } from './services.ts';

/** Every kind of secret there is a generator for. */
export const KINDS: readonly Kind[] = [
  ...AI_VENDOR_KINDS,
  ...CLOUD_KINDS,
  ...CLOUD_SHAPE_KINDS,
  ...CODE_HOST_KINDS,
  ...CONTINUOUS_INTEGRATION_KINDS,
  ...REGISTRY_KINDS,
  ...CHAT_KINDS,
  ...PAYMENT_KINDS,
  ...MAIL_KINDS,
  ...MONITORING_KINDS,
  ...DATABASE_KINDS,
  ...SECRET_MANAGER_KINDS,
  ...SERVICE_KINDS,
  ...KEY_KINDS,
  ...CONFIG_FILE_KINDS,
  ...COMMAND_LINE_KINDS,
  ...HEADER_KINDS,
  ...PROSE_KINDS,
];
