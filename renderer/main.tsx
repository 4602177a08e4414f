import '@midas-ds/components/default.css';
import '@fontsource-variable/inter';
import './styles/tokens.css';
import './styles/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nProvider } from 'react-aria-components';
import { App } from './app/App.tsx';
import { keepUndoOfTextareas } from './app/keep-undo.ts';
import { beginSession } from './app/session.ts';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no root.');

keepUndoOfTextareas();
void beginSession().finally(() => {
  createRoot(root).render(
    <StrictMode>
      <I18nProvider locale="sv-SE">
        <App />
      </I18nProvider>
    </StrictMode>,
  );
});
