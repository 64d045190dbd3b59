const theme = localStorage.getItem('theme');
if (theme) document.documentElement.dataset.theme = theme;
