import { AI_VENDOR_RULES } from './ai-vendors.ts';
import { CHAT_RULES } from './chat.ts';
import { CLOUD_RULES } from './clouds.ts';
import { CODE_HOST_RULES } from './code-hosts.ts';
import { CUSTOMER_RULES } from './customers.ts';
import { DATA_SERVICE_RULES } from './data-services.ts';
import { DATABASE_RULES } from './databases.ts';
import { ENCODED_KEY_RULES } from './encoded-keys.ts';
import { IDENTITY_RULES } from './identity.ts';
import { INFRASTRUCTURE_RULES } from './infrastructure.ts';
import { MAIL_RULES } from './mail.ts';
import { MAPS_AND_MEDIA_RULES } from './maps-and-media.ts';
import { MONITORING_RULES } from './monitoring.ts';
import { NAMED_SERVICE_RULES } from './unmarked-keys.ts';
import { NETWORK_RULES } from './networks.ts';
import { PACKAGE_REGISTRY_RULES } from './package-registries.ts';
import { PASSWORD_HASH_RULES } from './password-hashes.ts';
import { PAYMENT_RULES } from './payments.ts';
import { PRODUCTIVITY_RULES } from './productivity.ts';
import { SECRET_MANAGER_RULES } from './secret-managers.ts';
import { SECURITY_VENDOR_RULES } from './security-vendors.ts';
import { SERVICE_RULES } from './other-services.ts';
import { SOCIAL_RULES } from './social.ts';
import type { Rule } from './rule.ts';

/**
 * The formats of vendors. To teach sluice one, add a line to the file of its field: how it is found, its kind, the
 * mark, and what follows. A line among the examples of the tests has a real-looking one, and a text that resembles it
 * and must stay.
 */
export const RULES: readonly Rule[] = [
  ...AI_VENDOR_RULES,
  ...CHAT_RULES,
  ...CLOUD_RULES,
  ...CODE_HOST_RULES,
  ...CUSTOMER_RULES,
  ...DATA_SERVICE_RULES,
  ...DATABASE_RULES,
  ...ENCODED_KEY_RULES,
  ...IDENTITY_RULES,
  ...INFRASTRUCTURE_RULES,
  ...MAIL_RULES,
  ...MAPS_AND_MEDIA_RULES,
  ...MONITORING_RULES,
  ...NAMED_SERVICE_RULES,
  ...NETWORK_RULES,
  ...PACKAGE_REGISTRY_RULES,
  ...PASSWORD_HASH_RULES,
  ...PAYMENT_RULES,
  ...PRODUCTIVITY_RULES,
  ...SECRET_MANAGER_RULES,
  ...SECURITY_VENDOR_RULES,
  ...SERVICE_RULES,
  ...SOCIAL_RULES,
];
