package identity

// sharedHosts are domains whose sub-domains belong to different customers and
// which the public suffix list does not hold.
var sharedHosts = setOf(
	"bandcamp.com", "bigcartel.com", "business.site", "canalblog.com",
	"e-monsite.com", "godaddysites.com", "hs-sites.com", "jimdofree.com",
	"jimdosite.com", "livejournal.com", "mystrikingly.com", "onmicrosoft.com",
	"over-blog.com", "squarespace.com", "strikingly.com", "substack.com",
	"tumblr.com", "typepad.com", "ucoz.com", "webnode.com", "weebly.com",
	"wordpress.com",
)

// sharedPages are domains below which pages belong to different customers.
var sharedPages = setOf(
	"about.me", "etsy.com", "facebook.com", "fb.com", "google.com",
	"instagram.com", "linkedin.com", "linktr.ee", "medium.com", "pinterest.com",
	"threads.net", "tiktok.com", "twitter.com", "x.com",
	"xing.com", "yelp.com", "youtube.com",
)

func setOf(words ...string) map[string]bool {
	set := make(map[string]bool, len(words))
	for _, w := range words {
		set[w] = true
	}
	return set
}
