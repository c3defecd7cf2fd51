import { render } from 'preact';
import { ReportPage } from './views/report-page.tsx';

const root = document.getElementById('root');
if (root !== null) render(<ReportPage />, root);
