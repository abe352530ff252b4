package identity

// FreeMail reports whether a registrable domain hands out mailboxes to anybody,
// so that its addresses say nothing about an account.
func FreeMail(domain string) bool { return freeMail[domain] }

var freeMail = setOf(
	// worldwide
	"aim.com", "aol.com", "duck.com", "email.com", "fastmail.com", "fastmail.fm",
	"gmail.com", "googlemail.com", "hey.com", "hotmail.com", "hushmail.com",
	"icloud.com", "inbox.com", "live.com", "mac.com", "mail.com", "me.com",
	"msn.com", "outlook.com", "passport.com", "pm.me", "proton.me",
	"protonmail.ch", "protonmail.com", "rocketmail.com", "tuta.com", "tuta.io",
	"tutamail.com", "tutanota.com", "tutanota.de", "usa.com", "yahoo.com",
	"yandex.com", "ymail.com", "zoho.com", "zohomail.com", "zohomail.eu",

	// Hotmail, Live, Outlook and Yahoo by country
	"hotmail.be", "hotmail.ca", "hotmail.ch", "hotmail.co.jp", "hotmail.co.nz",
	"hotmail.co.uk", "hotmail.com.ar", "hotmail.com.au", "hotmail.com.br",
	"hotmail.de", "hotmail.dk", "hotmail.es", "hotmail.fi", "hotmail.fr",
	"hotmail.gr", "hotmail.it", "hotmail.nl", "hotmail.no", "hotmail.se",
	"live.at", "live.be", "live.ca", "live.cl", "live.cn", "live.co.uk",
	"live.co.za", "live.com.ar", "live.com.au", "live.com.mx", "live.com.pt",
	"live.de", "live.dk", "live.fi", "live.fr", "live.ie", "live.in", "live.it",
	"live.jp", "live.nl", "live.no", "live.ru", "live.se", "outlook.at",
	"outlook.be", "outlook.co.id", "outlook.co.nz", "outlook.com.ar",
	"outlook.com.au", "outlook.com.br", "outlook.de", "outlook.dk",
	"outlook.es", "outlook.fr", "outlook.ie", "outlook.in", "outlook.it",
	"outlook.jp", "outlook.kr", "outlook.pt", "outlook.sa", "yahoo.at",
	"yahoo.be", "yahoo.ca", "yahoo.cn", "yahoo.co.id", "yahoo.co.in",
	"yahoo.co.jp", "yahoo.co.kr", "yahoo.co.nz", "yahoo.co.th", "yahoo.co.uk",
	"yahoo.co.za", "yahoo.com.ar", "yahoo.com.au", "yahoo.com.br",
	"yahoo.com.cn", "yahoo.com.hk", "yahoo.com.mx", "yahoo.com.my",
	"yahoo.com.ph", "yahoo.com.sg", "yahoo.com.tr", "yahoo.com.tw",
	"yahoo.com.vn", "yahoo.de", "yahoo.dk", "yahoo.es", "yahoo.fi", "yahoo.fr",
	"yahoo.gr", "yahoo.ie", "yahoo.in", "yahoo.it", "yahoo.nl", "yahoo.no",
	"yahoo.pl", "yahoo.ro", "yahoo.se",

	// Europe
	"abv.bg", "alice.it", "arcor.de", "blueyonder.co.uk", "bluewin.ch",
	"btinternet.com", "btopenworld.com", "centrum.cz", "eircom.net", "email.cz",
	"email.de", "free.fr", "freemail.hu", "freenet.de", "gmx.at", "gmx.ch",
	"gmx.com", "gmx.de", "gmx.eu", "gmx.fr", "gmx.net", "hispeed.ch",
	"inbox.lv", "interia.pl", "kpnmail.nl", "laposte.net", "libero.it",
	"mail.bg", "mail.de", "mail.ee", "mail.ru", "mailbox.org", "neuf.fr",
	"ntlworld.com", "numericable.fr", "o2.pl", "online.de", "onet.pl",
	"op.pl", "orange.fr", "planet.nl", "posteo.de", "quicknet.nl", "sapo.pt",
	"seznam.cz", "sfr.fr", "sky.com", "skynet.be", "t-online.de", "talktalk.net",
	"telenet.be", "telfort.nl", "terra.es", "tin.it", "tiscali.co.uk",
	"tiscali.it", "ukr.net", "virgilio.it", "virginmedia.com", "wanadoo.fr",
	"web.de", "wp.pl", "xs4all.nl", "yandex.ru", "ziggo.nl",

	// the Americas, Asia and the Pacific
	"126.com", "139.com", "163.com", "21cn.com", "aliyun.com", "att.net",
	"bellsouth.net", "bigpond.com", "bigpond.net.au", "bol.com.br",
	"charter.net", "comcast.net", "cox.net", "daum.net", "docomo.ne.jp",
	"earthlink.net", "ezweb.ne.jp", "foxmail.com", "globo.com", "hanmail.net",
	"ig.com.br", "iinet.net.au", "juno.com", "naver.com", "nate.com",
	"optonline.net", "optusnet.com.au", "prodigy.net.mx", "qq.com",
	"rediffmail.com", "rogers.com", "sbcglobal.net", "shaw.ca", "sina.cn",
	"sina.com", "softbank.ne.jp", "sohu.com", "sympatico.ca", "telus.net",
	"terra.com.br", "uol.com.br", "verizon.net", "windstream.net",
	"xtra.co.nz", "yeah.net",
)
