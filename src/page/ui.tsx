import { render } from 'preact';
import { App } from './views/app.tsx';

/** The gateway is where the page is from; in front of it there may be a path of a proxy's. */
const url = new URL('.', location.href).href;

const root = document.getElementById('root');
if (root !== null) render(<App url={url} />, root);
