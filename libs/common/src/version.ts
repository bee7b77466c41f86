/** Version of all of Tributary: its packages are released together. */
export const version = '0.1.0';
