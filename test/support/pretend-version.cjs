// Preloaded, it makes Node.js say that it is of the version in PRETEND_VERSION.
Object.defineProperty(process, 'versions', { value: { ...process.versions, node: process.env.PRETEND_VERSION } });
