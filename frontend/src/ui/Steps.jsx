import { Icon } from './Icon.jsx';

/**
 * Fixed steps with numbers: done, now, to come. The words beside each say who and when.
 * @param {{label: string, steps: {key: string, index: number, title: string, state: string, stateWord: string, who?: string | null, when?: string, what?: string}[]}} props
 */
export const Steps = ({ label, steps }) => (
  <ol class="steps" aria-label={label}>
    {steps.map(step => (
      <li
        key={step.key}
        class="step"
        data-state={step.state}
        aria-current={step.state === 'now' ? 'step' : undefined}
      >
        <span class="step-mark" aria-hidden="true">
          {step.state === 'done' ? <Icon name="check" size={14} /> : step.index}
        </span>
        <div class="step-body">
          <p class="step-title">
            <span class="hidden">{step.index}. </span>
            {step.title}
            <span class="step-state">{step.stateWord}</span>
          </p>
          {step.what && <p class="step-what">{step.what}</p>}
          {step.who && <p class="step-who">{step.who}</p>}
          {step.when && <p class="step-who">{step.when}</p>}
        </div>
      </li>
    ))}
  </ol>
);
