import type { Settings } from '../../config/layers.ts';
import { SluiceError } from '../../errors.ts';
import type { CallbackOptions, Callbacks } from '../../servers/callbacks/callbacks.ts';
import type { CallbackSettings } from '../settings/server-settings.ts';
import { whereSet } from '../settings/where-set.ts';

/**
 * Opens what tells programs of the end of their queries; null where nobody is to be told.
 * @throws SluiceError `usage` for settings without effect, and a key that can't be used
 */
export async function openCallbacksOf(
  { hosts, keyFile, private: mayBePrivate }: CallbackSettings,
  settings: Settings,
  mask: CallbackOptions['mask'],
  onResult: CallbackOptions['onResult'],
): Promise<Callbacks | null> {
  const where = (name: 'Hosts' | 'KeyFile' | 'Private'): string => whereSet(settings, `serveCallback${name}`);
  if (hosts === undefined) {
    const idle = keyFile !== undefined ? where('KeyFile') : mayBePrivate ? where('Private') : null;
    if (idle === null) return null;
    throw new SluiceError('usage', `${idle}: nobody is told of the end of a query yet; set ${where('Hosts')}`);
  }
  if (keyFile === undefined) {
    throw new SluiceError('usage', `${where('Hosts')}: what they are told has to be signed; set ${where('KeyFile')}`);
  }
  const [{ openCallbacks }, { readCallbackKey }] = await Promise.all([
    import('../../servers/callbacks/callbacks.ts'),
    import('../../servers/callbacks/callback-key.ts'),
  ]);
  const key = await readCallbackKey(keyFile, where('KeyFile'));
  return openCallbacks({ rules: { hosts, private: mayBePrivate }, key, mask, onResult });
}
