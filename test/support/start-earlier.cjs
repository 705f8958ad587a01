const uptime = process.uptime.bind(process);
process.uptime = () => uptime() - 60;
