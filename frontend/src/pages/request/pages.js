// What is loaded at once when somebody writes a request.
export { default as CheckAnswers } from './check-answers.jsx';
export { default as RequestForm } from './form.jsx';
export { default as TaskPage } from './task.jsx';
