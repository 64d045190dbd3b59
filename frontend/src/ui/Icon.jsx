/** One icon of the sprite: decoration, the words stand beside it. @param {{name: string, size?: number}} props */
export const Icon = ({ name, size = 16 }) => (
  <svg class="icon" width={size} height={size} aria-hidden="true">
    <use href={`/icons.svg#${name}`} />
  </svg>
);
