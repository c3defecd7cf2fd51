import type { Layer } from '../../config/layers.ts';
import { SluiceError } from '../../errors.ts';
import { oneLine } from '../../sinks/safe-text.ts';
import type { Template } from '../../templates/template.ts';
import type { Io } from '../io.ts';
import type { Invocation } from '../program.ts';

/** What `-t` names, and what it sets. */
export interface ChosenTemplate {
  readonly template: Template;
  readonly layer: Layer;
}

/**
 * Reads the template that a command line names; null where it names none, and nothing is loaded.
 * @throws SluiceError `usage` for one that there is not or that has a mistake in it, and for variables without one
 */
export async function chosenTemplate({ flags }: Invocation, io: Io): Promise<ChosenTemplate | null> {
  const wanted = flags['template'];
  // An empty one is refused as any other value that is no name.
  if (typeof wanted !== 'string' || wanted === '') {
    if (flags['vars'] === undefined) return null;
    throw new SluiceError('usage', '--var: it is for a template; name one with -t');
  }
  const [{ allSources, findSource }, { readTemplate }, { layerOf }] = await Promise.all([
    import('../../templates/find-template.ts'),
    import('../../templates/read-template.ts'),
    import('../../templates/parse-template.ts'),
  ]);
  const source = findSource(wanted, io);
  const template = await readTemplate(source);
  const shadowed = allSources(io).find(({ name, isShadowed }) => isShadowed && name === wanted);
  if (shadowed !== undefined) {
    const text = `${shadowed.source} is passed over: ${source.source} has its name; say its path to use it`;
    await io.stderr.write(`sluice: warning: ${oneLine(text)}\n`);
  }
  return { template, layer: layerOf(template, io.cwd) };
}
