import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createClient } from 'sluice/client';
import { App } from './app.tsx';

/** Put in by run.sh. */
declare const GATEWAY_URL: string;

// Where there are users, `token` gets one from your backend, which knows them: it is asked before each request.
const client = createClient({ url: GATEWAY_URL });

const root = document.querySelector('#root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App client={client} />
    </StrictMode>,
  );
}
