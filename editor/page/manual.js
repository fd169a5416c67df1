// The editor waits for start.js, which knows the catalogue's forms.
window.CMS_MANUAL_INIT = true;
