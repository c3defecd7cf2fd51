import { AI_VENDOR_RULES } from './ai-vendors.ts';
import { CHAT_RULES } from './chat.ts';
import { CLOUD_RULES } from './clouds.ts';
import { CODE_HOST_RULES } from './code-hosts.ts';
import { DATABASE_RULES } from './databases.ts';
import { ENCODED_KEY_RULES } from './encoded-keys.ts';
import { INFRASTRUCTURE_RULES } from './infrastructure.ts';
import { MAIL_RULES } from './mail.ts';
import { MONITORING_RULES } from './monitoring.ts';
import { PACKAGE_REGISTRY_RULES } from './package-registries.ts';
import { PAYMENT_RULES } from './payments.ts';
import { SECRET_MANAGER_RULES } from './secret-managers.ts';
import { SERVICE_RULES } from './services.ts';
import type { Rule } from './rule.ts';

/**
 * The formats of vendors. To teach sluice one, add a line to the file of its field: how it is found, its kind, the
 * mark, what follows, a real-looking body and a text that resembles one and must stay. The tests run both examples.
 */
export const RULES: readonly Rule[] = [
  ...AI_VENDOR_RULES,
  ...CHAT_RULES,
  ...CLOUD_RULES,
  ...CODE_HOST_RULES,
  ...DATABASE_RULES,
  ...ENCODED_KEY_RULES,
  ...INFRASTRUCTURE_RULES,
  ...MAIL_RULES,
  ...MONITORING_RULES,
  ...PACKAGE_REGISTRY_RULES,
  ...PAYMENT_RULES,
  ...SECRET_MANAGER_RULES,
  ...SERVICE_RULES,
];
