import './styles/index.css';
import { render } from 'preact';
import { App } from './app/App.jsx';
import { start as startRouter } from './lib/router.jsx';
import { start as startSession } from './lib/session.js';

startRouter();
startSession();
render(<App />, /** @type {HTMLElement} */ (document.getElementById('app')));
