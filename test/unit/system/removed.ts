// A program that removes a folder, and prints what became of it. Its arguments: `release` or `beside`, the folder.
import { removeTree, removeTreeBeside } from '../../../src/system/remove-tree.ts';

const [how, path = ''] = process.argv.slice(2);
const removal = how === 'beside' ? await removeTreeBeside(path, () => false) : removeTree(path);
process.stdout.write(JSON.stringify(removal));
