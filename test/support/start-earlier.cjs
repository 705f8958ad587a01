const now = performance.now.bind(performance);
performance.now = () => now() - 60_000;
