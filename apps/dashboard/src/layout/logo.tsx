export function Logo() {
  return (
    <span class="logo">
      <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
        <rect width="32" height="32" rx="7" />
        <path d="M8 5v4c0 6 8 6 8 12v6M24 5v4c0 6-8 6-8 12M16 5v22" />
      </svg>
      <span>Tributary</span>
    </span>
  );
}
